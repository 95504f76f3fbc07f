package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.weights.Architecture.Prediction;

/**
 * Estimates the clean picture D(x, σ) in x = picture + σ·noise, guidance included. A sampler on sigmas asks nothing
 * else of a model; what a denoiser throws ends the run.
 */
@FunctionalInterface
interface Denoiser {
    /** @param x [n, channels, height, width], unchanged; @return the same shape */
    Planes denoise(Planes x, float sigma);

    /**
     * The denoiser of a network, D = c_skip·x + c_out·F(c_in·x, t(σ)) (Karras et al. 2022, table 1, for eps; Salimans
     * and Ho, "Progressive distillation for fast sampling of diffusion models", 2022, for v).
     */
    static Denoiser of(Prediction prediction, Timing timing, GuidedNetwork network) {
        return (x, sigma) -> {
            float variance = sigma * sigma + 1;
            float scale = 1 / (float) Math.sqrt(variance);
            Planes output = network.predict(Combine.scaled(scale, x), timing.timestep(sigma), sigma, sigma)
                    .guided();
            return switch (prediction) {
                case EPS -> Combine.sum(1, x, -sigma, output);
                case V -> Combine.sum(1 / variance, x, -sigma * scale, output);
            };
        };
    }

    /** The timestep that the network is told for a sigma. */
    @FunctionalInterface
    interface Timing {
        float timestep(float sigma);
    }
}
