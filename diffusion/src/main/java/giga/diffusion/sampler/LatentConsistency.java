package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;

/** Luo et al., "Latent consistency models: synthesizing high-resolution images with few-step inference" (2023). */
final class LatentConsistency {
    private static final double DATA_DEVIATION = 0.5;
    private static final double TIMESTEP_SCALING = 10;

    private LatentConsistency() {}

    /** Algorithm 2: to the clean picture at once, then back with new noise to the next level. */
    static Planes lcm(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        for (int i = 0; i < sigmas.steps(); i++) {
            x = denoiser.denoise(x, sigmas.at(i));
            if (sigmas.at(i + 1) > 0) x = Combine.plus(x, sigmas.at(i + 1), noise.draw(i + 1));
        }
        return x;
    }

    /** The consistency function of a denoiser, which is the identity at timestep 0 (equation 6 and appendix). */
    static Denoiser consistent(Denoiser denoiser, Denoiser.Timing timing) {
        return (x, sigma) -> {
            double time = TIMESTEP_SCALING * timing.timestep(sigma);
            double variance = DATA_DEVIATION * DATA_DEVIATION;
            double skip = variance / (time * time + variance);
            double out = time / Math.sqrt(time * time + variance);
            return Combine.sum(out, denoiser.denoise(x, sigma), skip, x);
        };
    }
}
