package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;

/** Samplers of Karras et al., "Elucidating the design space of diffusion-based generative models" (2022). */
final class Euler {
    private static final double LARGEST_CHURN = Math.sqrt(2) - 1;

    private Euler() {}

    /** Their algorithm 2 in first order: along the slope d = (x − D) / σ of the probability flow. */
    static Planes euler(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        for (int i = 0; i < sigmas.steps(); i++) {
            Churned from = churn(x, sigmas, i, noise, options);
            x = step(from.x, denoiser.denoise(from.x, from.sigma), from.sigma, sigmas.at(i + 1));
        }
        return x;
    }

    /** Ancestral sampling: every step goes further down than it must and makes up for it with new noise. */
    static Planes eulerAncestral(
            Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            Ancestral to = Ancestral.step(sigma, sigmas.at(i + 1), options.eta().orElse(1));
            x = step(x, denoiser.denoise(x, sigma), sigma, to.down());
            if (to.up() > 0) x = Combine.plus(x, options.noise() * to.up(), noise.draw(i + 1));
        }
        return x;
    }

    /** Their algorithm 2: the mean of the slopes at both ends of the step. */
    static Planes heun(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        for (int i = 0; i < sigmas.steps(); i++) {
            Churned from = churn(x, sigmas, i, noise, options);
            x = heunStep(denoiser, from.x, from.sigma, sigmas.at(i + 1));
        }
        return x;
    }

    /** A step of Heun's; to sigma 0 there is only one slope. */
    static Planes heunStep(Denoiser denoiser, Planes x, float sigma, float next) {
        Planes denoised = denoiser.denoise(x, sigma);
        Planes end = step(x, denoised, sigma, next);
        if (next == 0) return end;
        Planes here = slope(x, denoised, sigma);
        Planes there = slope(end, denoiser.denoise(end, next), next);
        float half = (next - sigma) / 2;
        return Combine.sum(1, x, half, here, half, there);
    }

    /** (x − D) / σ */
    static Planes slope(Planes x, Planes denoised, float sigma) {
        return Combine.scaled(1 / sigma, Combine.difference(x, denoised));
    }

    /** x + d·(σ' − σ), with the terms of x and D collected: a step to 0 gives D itself. */
    static Planes step(Planes x, Planes denoised, float sigma, float sigmaNext) {
        float kept = sigmaNext / sigma;
        return Combine.sum(kept, x, 1 - kept, denoised);
    }

    /** Where a step starts after noise was added, which takes it to a higher sigma. */
    record Churned(Planes x, float sigma) {}

    static Churned churn(Planes x, Sigmas sigmas, int step, NoiseSource noise, SamplerOptions options) {
        float sigma = sigmas.at(step);
        SamplerOptions.Churn churn = options.churn();
        if (churn.amount() == 0 || sigma < churn.from() || sigma > churn.to()) return new Churned(x, sigma);
        float higher = (float) (sigma * (1 + Math.min(churn.amount() / sigmas.steps(), LARGEST_CHURN)));
        double added = options.noise() * Math.sqrt(higher * higher - sigma * sigma);
        return new Churned(Combine.plus(x, added, noise.draw(step + 1)), higher);
    }
}
