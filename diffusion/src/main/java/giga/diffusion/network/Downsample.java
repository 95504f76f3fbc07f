package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;

/** Halves the sides by a convolution of stride 2. */
record Downsample(Conv2d conv) implements UNetLayer {
    @Override
    public Tensor forward(Tensor x, Tensor embedding, Tensor context) {
        return conv.forward(x);
    }
}
