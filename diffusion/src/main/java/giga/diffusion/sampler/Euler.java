package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;

/** First-order samplers of Karras et al., "Elucidating the design space of diffusion-based generative models" (2022). */
final class Euler {
    private Euler() {}

    /** Their algorithm 2 without churn: along the slope d = (x − D) / σ of the probability flow. */
    static Planes euler(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise) {
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            x = step(x, denoiser.denoise(x, sigma), sigma, sigmas.at(i + 1));
        }
        return x;
    }

    /** Ancestral sampling: every step goes further down than it must and makes up for it with new noise. */
    static Planes eulerAncestral(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise) {
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            Ancestral to = Ancestral.step(sigma, sigmas.at(i + 1));
            x = step(x, denoiser.denoise(x, sigma), sigma, to.down());
            if (to.up() > 0) x = Combine.sum(1, x, to.up(), noise.draw(i + 1));
        }
        return x;
    }

    /** x + d·(σ' − σ), with the terms of x and D collected: a step to 0 gives D itself. */
    static Planes step(Planes x, Planes denoised, float sigma, float sigmaNext) {
        float kept = sigmaNext / sigma;
        return Combine.sum(kept, x, 1 - kept, denoised);
    }
}
