package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.noise.NoiseSource.Brownian;

/**
 * The multistep solvers of DPM-Solver++ (Lu et al. 2022) for the diffusion's stochastic equation, driven by a Brownian
 * path, as k-diffusion has them: one call of the denoiser a step.
 */
final class DpmPlusPlusSde {
    private DpmPlusPlusSde() {}

    /** SDE-DPM-Solver++(2M) by the midpoint rule, appendix B of the paper. */
    static Planes multistep2(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        return multistep2(denoiser, x, sigmas, noise, options, h -> -LogTime.expm1(-h) / 2);
    }

    /** The same by Heun's rule. */
    static Planes multistep2Heun(
            Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        return multistep2(denoiser, x, sigmas, noise, options, h -> -LogTime.expm1(-h) / -h + 1);
    }

    private static Planes multistep2(
            Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options, Correction rule) {
        float eta = (float) options.eta().orElse(1);
        Brownian path = noise.brownian(sigmas.positive());
        Planes previous = x;
        float hLast = 0;
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            float next = sigmas.at(i + 1);
            Planes denoised = denoiser.denoise(x, sigma);
            if (next == 0) return denoised;
            float h = LogTime.of(next) - LogTime.of(sigma);
            float whole = h + eta * h;
            x = Combine.sum(next / sigma * StrictMath.exp(-eta * h), x, -LogTime.expm1(-whole), denoised);
            if (i > 0) x = Combine.plus(x, rule.factor(whole) * h / hLast, Combine.difference(denoised, previous));
            x = noisy(x, sigma, next, eta * h, path, options);
            previous = denoised;
            hLast = h;
        }
        return x;
    }

    /** Third order from the last three denoised pictures (Katherine Crowson's, in k-diffusion). */
    static Planes multistep3(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        float eta = (float) options.eta().orElse(1);
        Brownian path = noise.brownian(sigmas.positive());
        Planes last = x;
        Planes beforeLast = x;
        float hLast = 0;
        float hBeforeLast = 0;
        for (int i = 0; i < sigmas.steps(); i++) {
            float sigma = sigmas.at(i);
            float next = sigmas.at(i + 1);
            Planes denoised = denoiser.denoise(x, sigma);
            if (next == 0) return denoised;
            float h = LogTime.of(next) - LogTime.of(sigma);
            float whole = h * (eta + 1);
            x = Combine.sum(StrictMath.exp(-whole), x, -LogTime.expm1(-whole), denoised);
            float phi2 = LogTime.expm1(-whole) / whole + 1;
            if (i == 1) x = Combine.plus(x, phi2 * h / hLast, Combine.difference(denoised, last));
            if (i > 1) {
                float r0 = hLast / h;
                float r1 = hBeforeLast / h;
                Planes near = Combine.scaled(1 / r0, Combine.difference(denoised, last));
                Planes far = Combine.scaled(1 / r1, Combine.difference(last, beforeLast));
                Planes second = Combine.difference(near, far);
                Planes first = Combine.plus(near, r0 / (r0 + r1), second);
                float phi3 = phi2 / whole - 0.5f;
                x = Combine.sum(1, x, phi2, first, -phi3 / (r0 + r1), second);
            }
            x = noisy(x, sigma, next, eta * h, path, options);
            beforeLast = last;
            last = denoised;
            hBeforeLast = hLast;
            hLast = h;
        }
        return x;
    }

    /** @param added the log-time whose noise was taken away and comes back new */
    private static Planes noisy(Planes x, float sigma, float next, float added, Brownian path, SamplerOptions options) {
        if (added == 0) return x;
        double deviation = next * Math.sqrt(-StrictMath.expm1(-2.0 * added));
        return Combine.plus(x, options.noise() * deviation, path.between(sigma, next));
    }

    /** What the change of the denoised picture is multiplied by, for a step of log-time h. */
    private interface Correction {
        float factor(float h);
    }
}
