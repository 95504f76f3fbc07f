package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;

/** One layer of a UNet's block. */
sealed interface UNetLayer permits ResBlock, SpatialTransformer, Downsample, Upsample, ConvIn {
    /**
     * @param x [b, c, h, w]
     * @param embedding of the timestep [b, e]
     * @param context of the text [b, tokens, width]
     */
    Tensor forward(Tensor x, Tensor embedding, Tensor context);
}
