package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;

/** A network that makes pictures larger. */
public interface UpscalerNetwork {
    /**
     * [1, 3, h, w] in f32, red, green, blue from 0 to 1, to [1, 3, h·scale, w·scale]; values may lie a little beyond.
     */
    Tensor forward(Tensor x);
}
