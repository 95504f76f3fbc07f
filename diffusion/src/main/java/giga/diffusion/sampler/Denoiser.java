package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.weights.Architecture.Prediction;

/**
 * Estimates the clean picture D(x, σ) in x = picture + σ·noise, guidance included. A sampler asks nothing else of a
 * model; what a denoiser throws ends the run.
 */
@FunctionalInterface
public interface Denoiser {
    /** @param x [n, channels, height, width], unchanged; @return the same shape */
    Planes denoise(Planes x, float sigma);

    /** The network as it was trained: from pictures of variance 1 and a timestep to noise (eps) or velocity (v). */
    @FunctionalInterface
    interface Network {
        /** @param x [n, channels, height, width]; @param timestep in [0, 999], may be a fraction; @return the same shape */
        Planes predict(Planes x, float timestep);
    }

    /**
     * The denoiser of a network, D = c_skip·x + c_out·F(c_in·x, t(σ)) (Karras et al. 2022, table 1, for eps; Salimans
     * and Ho, "Progressive distillation for fast sampling of diffusion models", 2022, for v).
     *
     * @throws ModelException from the denoiser, when the network's values stop being numbers
     */
    static Denoiser of(Prediction prediction, NoiseSchedule schedule, Network network) {
        return (x, sigma) -> {
            float variance = sigma * sigma + 1;
            float scale = 1 / (float) Math.sqrt(variance);
            Planes output = network.predict(Combine.scaled(scale, x), schedule.timestep(sigma));
            for (float value : output.values())
                if (!Float.isFinite(value))
                    throw new ModelException(
                            "The network's output at sigma %s is not a number; use precision f32, or another model"
                                    .formatted(sigma));
            return switch (prediction) {
                case EPS -> Combine.sum(1, x, -sigma, output);
                case V -> Combine.sum(1 / variance, x, -sigma * scale, output);
            };
        };
    }
}
