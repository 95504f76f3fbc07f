package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.noise.NoiseSource.Brownian;

/**
 * Lu et al., "DPM-Solver++: fast solver for guided sampling of diffusion probabilistic models" (2022): exponential
 * integrators of the denoised picture over the log-time t = −ln σ.
 */
final class DpmPlusPlus {
    private DpmPlusPlus() {}

    /** DPM-Solver++(2M), algorithm 2: extrapolates from the last step's denoised picture. */
    static Planes multistep2(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        Planes previous = x;
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            float next = sigmas.at(i + 1);
            Planes denoised = denoiser.denoise(x, sigma);
            Planes target = denoised;
            if (i > 0 && next > 0) {
                float ratio =
                        (LogTime.of(sigma) - LogTime.of(sigmas.at(i - 1))) / (LogTime.of(next) - LogTime.of(sigma));
                target = Combine.sum(1 + 1 / (2 * ratio), denoised, -1 / (2 * ratio), previous);
            }
            x = step(x, target, sigma, next);
            previous = denoised;
        }
        return x;
    }

    /** DPM-Solver++(2S), algorithm 1, with ancestral noise: from the start again, with the picture denoised halfway. */
    static Planes singlestep2Ancestral(
            Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            Ancestral to = Ancestral.step(sigma, sigmas.at(i + 1), options.eta().orElse(1));
            Planes denoised = denoiser.denoise(x, sigma);
            if (to.down() == 0) {
                x = denoised;
            } else {
                float middle = middle(sigma, to.down());
                Planes halfway = step(x, denoised, sigma, middle);
                x = step(x, denoiser.denoise(halfway, middle), sigma, to.down());
            }
            if (to.up() > 0) x = Combine.plus(x, options.noise() * to.up(), noise.draw(i + 1));
        }
        return x;
    }

    /**
     * DPM++ SDE, the stochastic DPM-Solver++(2S) of k-diffusion with r = 1/2: to the middle of the log-time, then from
     * the start with the picture denoised there.
     */
    static Planes sde(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        Brownian path = noise.brownian(withMiddles(sigmas.positive()));
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            float next = sigmas.at(i + 1);
            Planes denoised = denoiser.denoise(x, sigma);
            if (next == 0) return denoised;
            float middle = middle(sigma, next);
            Planes halfway = noisyStep(x, denoised, sigma, middle, path, options);
            x = noisyStep(x, denoiser.denoise(halfway, middle), sigma, next, path, options);
        }
        return x;
    }

    /** (σ'/σ)·x + (1 − e^−h)·D */
    private static Planes step(Planes x, Planes denoised, float sigma, float next) {
        if (next == 0) return denoised;
        float h = LogTime.of(next) - LogTime.of(sigma);
        return Combine.sum(next / sigma, x, -LogTime.expm1(-h), denoised);
    }

    private static Planes noisyStep(
            Planes x, Planes denoised, float sigma, float next, Brownian path, SamplerOptions options) {
        Ancestral to = Ancestral.step(sigma, next, options.eta().orElse(1));
        Planes down = step(x, denoised, sigma, to.down());
        if (to.up() == 0) return down;
        return Combine.plus(down, options.noise() * to.up(), path.between(sigma, next));
    }

    private static float[] withMiddles(float[] sigmas) {
        float[] all = new float[2 * sigmas.length - 1];
        for (int i = 0; i < sigmas.length; i++) {
            all[2 * i] = sigmas[i];
            if (i > 0) all[2 * i - 1] = middle(sigmas[i - 1], sigmas[i]);
        }
        return all;
    }

    private static float middle(float sigma, float next) {
        float t = LogTime.of(sigma);
        float h = LogTime.of(next) - t;
        return LogTime.sigma(t + h / 2);
    }
}
