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
    static Planes multistep2(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise) {
        Planes previous = x;
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            float next = sigmas.at(i + 1);
            Planes denoised = denoiser.denoise(x, sigma);
            Planes target = denoised;
            if (i > 0 && next > 0) {
                float ratio = (time(sigma) - time(sigmas.at(i - 1))) / (time(next) - time(sigma));
                target = Combine.sum(1 + 1 / (2 * ratio), denoised, -1 / (2 * ratio), previous);
            }
            x = step(x, target, sigma, next);
            previous = denoised;
        }
        return x;
    }

    /**
     * DPM++ SDE, the stochastic DPM-Solver++(2S) of k-diffusion with r = 1/2 and eta 1: to the middle of the log-time,
     * then from the start with the picture denoised there.
     */
    static Planes sde(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise) {
        Brownian path = noise.brownian(withMiddles(sigmas.positive()));
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            float next = sigmas.at(i + 1);
            Planes denoised = denoiser.denoise(x, sigma);
            if (next == 0) return Euler.step(x, denoised, sigma, next);
            float middle = middle(sigma, next);
            Planes halfway = noisyStep(x, denoised, sigma, middle, path);
            x = noisyStep(x, denoiser.denoise(halfway, middle), sigma, next, path);
        }
        return x;
    }

    /** (σ'/σ)·x + (1 − e^−h)·D */
    private static Planes step(Planes x, Planes denoised, float sigma, float next) {
        if (next == 0) return denoised;
        float h = time(next) - time(sigma);
        return Combine.sum(next / sigma, x, (float) -StrictMath.expm1(-h), denoised);
    }

    private static Planes noisyStep(Planes x, Planes denoised, float sigma, float next, Brownian path) {
        Ancestral to = Ancestral.step(sigma, next);
        return Combine.sum(1, step(x, denoised, sigma, to.down()), to.up(), path.between(sigma, next));
    }

    private static float[] withMiddles(float[] sigmas) {
        float[] all = new float[2 * sigmas.length - 1];
        for (int i = 0; i < sigmas.length; i++) {
            all[2 * i] = sigmas[i];
            if (i > 0) all[2 * i - 1] = middle(sigmas[i - 1], sigmas[i]);
        }
        return all;
    }

    /** In float32 like the reference, whose Brownian path would be another one beside it. */
    private static float middle(float sigma, float next) {
        float t = time(sigma);
        float h = time(next) - t;
        return (float) StrictMath.exp(-(t + h / 2));
    }

    private static float time(float sigma) {
        return (float) -StrictMath.log(sigma);
    }
}
