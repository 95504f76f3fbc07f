package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import java.util.Optional;

/** A projection of the last dimension; a 1x1 convolution is taken as one. */
record Linear(Tensor weight, Optional<Tensor> bias) {
    static Linear of(Weights weights) {
        Tensor weight = weights.get("weight");
        return new Linear(weight.reshape(weight.size(0), weight.size(1)), weights.find("bias"));
    }

    /** [..., in] to [..., out]. */
    Tensor forward(Tensor x) {
        return Functional.linear(x, weight, bias);
    }

    long outputs() {
        return weight.size(0);
    }
}
