package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;

/** A network that makes pictures larger. */
public interface UpscalerNetwork {
    /**
     * [1, 3, h, w], red, green, blue from 0 to 1, in the weights' precision and channels-last, to [1, 3, h·scale, w·scale];
     * values may lie a little beyond.
     */
    Tensor forward(Tensor x);
}
