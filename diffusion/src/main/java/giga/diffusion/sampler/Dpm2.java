package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;

/**
 * The midpoint method in the logarithm of sigma (Lu et al., "DPM-Solver: a fast ODE solver for diffusion probabilistic
 * model sampling in around 10 steps", 2022, DPM-Solver-2), as k-diffusion has it.
 */
final class Dpm2 {
    private Dpm2() {}

    /** With the churn of Karras et al. 2022. */
    static Planes dpm2(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        for (int i = 0; i < sigmas.steps(); i++) {
            Euler.Churned from = Euler.churn(x, sigmas, i, noise, options);
            x = step(denoiser, from.x(), from.sigma(), sigmas.at(i + 1));
        }
        return x;
    }

    /** Goes further down than it must and makes up for it with new noise. */
    static Planes ancestral(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            Ancestral to = Ancestral.step(sigma, sigmas.at(i + 1), options.eta().orElse(1));
            x = step(denoiser, x, sigma, to.down());
            if (to.up() > 0) x = Combine.plus(x, options.noise() * to.up(), noise.draw(i + 1));
        }
        return x;
    }

    private static Planes step(Denoiser denoiser, Planes x, float sigma, float next) {
        Planes denoised = denoiser.denoise(x, sigma);
        if (next == 0) return Euler.step(x, denoised, sigma, next);
        float middle = LogTime.sigma((LogTime.of(sigma) + LogTime.of(next)) / 2);
        Planes halfway = Euler.step(x, denoised, sigma, middle);
        Planes slope = Euler.slope(halfway, denoiser.denoise(halfway, middle), middle);
        return Combine.plus(x, next - sigma, slope);
    }
}
