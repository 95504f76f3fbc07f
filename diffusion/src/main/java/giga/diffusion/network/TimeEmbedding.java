package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;

/** Timesteps as sines and cosines, then two projections. */
record TimeEmbedding(Projections projections) {
    static TimeEmbedding of(Weights weights) {
        return new TimeEmbedding(Projections.of(weights));
    }

    /** Timesteps [b] to [b, e]; they may be fractions. */
    Tensor forward(float[] timesteps) {
        int width = (int) projections.first().weight().size(1);
        Tensor waves = Tensor.of(Sinusoids.of(timesteps, width), timesteps.length, width);
        return projections.forward(waves.like(projections.first().weight()));
    }
}
