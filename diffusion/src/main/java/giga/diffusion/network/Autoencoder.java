package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;

/** Turns pictures [b, 3, 8h, 8w] in [-1, 1] into latents [b, c, h, w] and back; f32 in and out. */
public sealed interface Autoencoder permits AutoencoderKl, AutoencoderTiny {
    Tensor encode(Tensor picture);

    Tensor decode(Tensor latent);
}
