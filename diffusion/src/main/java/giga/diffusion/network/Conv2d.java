package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import java.util.Optional;

/** A convolution; its kernel's side decides the padding that keeps the size. */
record Conv2d(Tensor weight, Optional<Tensor> bias, int stride, int padding) {
    static Conv2d of(Weights weights) {
        return of(weights, 1);
    }

    static Conv2d of(Weights weights, int stride) {
        Tensor weight = weights.get("weight");
        return new Conv2d(weight, weights.find("bias"), stride, (int) weight.size(2) / 2);
    }

    Conv2d unpadded() {
        return new Conv2d(weight, bias, stride, 0);
    }

    /** [b, in, h, w] to [b, out, h / stride, w / stride]. */
    Tensor forward(Tensor x) {
        return Functional.conv2d(x, weight, bias, stride, padding);
    }
}
