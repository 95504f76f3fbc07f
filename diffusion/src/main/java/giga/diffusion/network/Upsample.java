package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Tensor;

/** Doubles the sides by nearest neighbour, then a convolution. */
record Upsample(Conv2d conv) implements UNetLayer {
    @Override
    public Tensor forward(Tensor x, Tensor embedding, Tensor context) {
        return forward(x);
    }

    Tensor forward(Tensor x) {
        return conv.forward(Functional.upsampleNearest(x, 2 * x.size(2), 2 * x.size(3)));
    }
}
