package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;

/** The UNet's first layer. */
record ConvIn(Conv2d conv) implements UNetLayer {
    @Override
    public Tensor forward(Tensor x, Tensor embedding, Tensor context) {
        return conv.forward(x);
    }
}
