package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;

/** Song et al., "Denoising diffusion implicit models" (2021), and its like. */
final class Ddim {
    private Ddim() {}

    /** Equation 12; eta 0 adds no noise, eta 1 is ancestral sampling. */
    static Planes ddim(NoisePredictor model, Planes x, Timesteps timesteps, NoiseSource noise, SamplerOptions options) {
        for (int i = 0; i < timesteps.count() - 1; i++) {
            int index = timesteps.count() - 1 - i;
            Planes guided = model.predict(x, timesteps.at(index)).guided();
            x = step(x, guided, guided, timesteps, index, i, noise, options);
        }
        return x;
    }

    /**
     * Chung et al., "CFG++: manifold-constrained classifier free guidance for diffusion models" (2024), algorithm 2: the
     * picture is guided, the noise to which it returns is the unconditional.
     */
    static Planes cfgPlusPlus(
            NoisePredictor model, Planes x, Timesteps timesteps, NoiseSource noise, SamplerOptions options) {
        for (int i = 0; i < timesteps.count() - 1; i++) {
            int index = timesteps.count() - 1 - i;
            GuidedNetwork.Output output = model.predict(x, timesteps.at(index));
            x = step(x, output.guided(), output.unconditional(), timesteps, index, i, noise, options);
        }
        return x;
    }

    /**
     * Liu et al., "Pseudo numerical methods for diffusion models on manifolds" (2022), PLMS: DDIM's step with noise
     * extrapolated from the last four calls.
     */
    static Planes plms(NoisePredictor model, Planes x, Timesteps timesteps, NoiseSource noise, SamplerOptions options) {
        Planes[] past = new Planes[4];
        for (int i = 0; i < timesteps.count() - 1; i++) {
            int index = timesteps.count() - 1 - i;
            Planes now = model.predict(x, timesteps.at(index)).guided();
            System.arraycopy(past, 0, past, 1, 3);
            past[0] = now;
            Planes extrapolated = switch (i) {
                case 0 -> {
                    Planes trial = implicitStep(x, now, timesteps, index);
                    Planes there = model.predict(trial, timesteps.at(index - 1)).guided();
                    yield Combine.sum(0.5, now, 0.5, there);
                }
                case 1 -> Combine.sum(3 / 2., now, -1 / 2., past[1]);
                case 2 -> Combine.sum(23 / 12., now, -16 / 12., past[1], 5 / 12., past[2]);
                default ->
                    Combine.plus(Combine.sum(55 / 24., now, -59 / 24., past[1], 37 / 24., past[2]), -9 / 24., past[3]);
            };
            x = implicitStep(x, extrapolated, timesteps, index);
        }
        return x;
    }

    private static Planes implicitStep(Planes x, Planes noise, Timesteps timesteps, int index) {
        return Combine.sum(
                Math.sqrt(timesteps.alphaBelow(index)),
                picture(x, noise, timesteps.alpha(index)),
                Math.sqrt(1 - timesteps.alphaBelow(index)),
                noise);
    }

    private static Planes step(
            Planes x,
            Planes guided,
            Planes direction,
            Timesteps timesteps,
            int index,
            int number,
            NoiseSource noise,
            SamplerOptions options) {
        double alpha = timesteps.alpha(index);
        double below = timesteps.alphaBelow(index);
        double sigma = options.eta().orElse(0) * Math.sqrt((1 - below) / (1 - alpha) * (1 - alpha / below));
        Planes next = Combine.sum(
                Math.sqrt(below),
                picture(x, guided, alpha),
                Math.sqrt(Math.max(0, 1 - below - sigma * sigma)),
                direction);
        return sigma == 0 ? next : Combine.plus(next, sigma, noise.draw(number + 1));
    }

    /** (x − √(1 − ᾱ)·e) / √ᾱ */
    private static Planes picture(Planes x, Planes noise, double alpha) {
        return Combine.scaled(1 / Math.sqrt(alpha), Combine.plus(x, -Math.sqrt(1 - alpha), noise));
    }
}
