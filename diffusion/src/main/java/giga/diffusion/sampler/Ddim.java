package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;

/** Song et al., "Denoising diffusion implicit models" (2021), and its like. */
final class Ddim {
    private Ddim() {}

    /** Equation 12; eta 0 adds no noise, eta 1 is ancestral sampling. */
    static Planes ddim(NoisePredictor model, Planes x, Timesteps timesteps, NoiseSource noise, SamplerOptions options) {
        Way down = new Way(timesteps, noise, options.eta().orElse(0));
        for (int i = 0; i < down.steps(); i++) {
            Planes guided = model.predict(x, down.timestep(i)).guided();
            x = down.step(x, guided, guided, i);
        }
        return x;
    }

    /**
     * Chung et al., "CFG++: manifold-constrained classifier free guidance for diffusion models" (2024), algorithm 2: the
     * picture is guided, the noise to which it returns is the unconditional.
     */
    static Planes cfgPlusPlus(
            NoisePredictor model, Planes x, Timesteps timesteps, NoiseSource noise, SamplerOptions options) {
        Way down = new Way(timesteps, noise, options.eta().orElse(0));
        for (int i = 0; i < down.steps(); i++) {
            GuidedNetwork.Output output = model.predict(x, down.timestep(i));
            x = down.step(x, output.guided(), output.unconditional(), i);
        }
        return x;
    }

    /**
     * Liu et al., "Pseudo numerical methods for diffusion models on manifolds" (2022), PLMS: DDIM's step with noise
     * extrapolated from the last four calls.
     */
    static Planes plms(NoisePredictor model, Planes x, Timesteps timesteps, NoiseSource noise, SamplerOptions options) {
        Way down = new Way(timesteps, noise, 0);
        Planes[] past = new Planes[4];
        for (int i = 0; i < down.steps(); i++) {
            Planes now = model.predict(x, down.timestep(i)).guided();
            System.arraycopy(past, 0, past, 1, 3);
            past[0] = now;
            Planes extrapolated = switch (i) {
                case 0 -> {
                    Planes trial = down.step(x, now, now, i);
                    Planes there = model.predict(trial, down.timestep(i + 1)).guided();
                    yield Combine.sum(0.5, now, 0.5, there);
                }
                case 1 -> Combine.sum(3 / 2., now, -1 / 2., past[1]);
                case 2 -> Combine.sum(23 / 12., now, -16 / 12., past[1], 5 / 12., past[2]);
                default ->
                    Combine.plus(Combine.sum(55 / 24., now, -59 / 24., past[1], 37 / 24., past[2]), -9 / 24., past[3]);
            };
            x = down.step(x, extrapolated, extrapolated, i);
        }
        return x;
    }

    /** From each timestep of the grid to the next lower. */
    private record Way(Timesteps timesteps, NoiseSource noise, double eta) {
        int steps() {
            return timesteps.count() - 1;
        }

        int timestep(int step) {
            return timesteps.at(steps() - step);
        }

        /** @param direction the noise to which the picture without the guided noise returns */
        Planes step(Planes x, Planes guided, Planes direction, int step) {
            double alpha = timesteps.alpha(steps() - step);
            double below = timesteps.alpha(steps() - step - 1);
            double sigma = eta * Math.sqrt((1 - below) / (1 - alpha) * (1 - alpha / below));
            Planes picture = Combine.scaled(1 / Math.sqrt(alpha), Combine.plus(x, -Math.sqrt(1 - alpha), guided));
            double back = Math.sqrt(Math.max(0, 1 - below - sigma * sigma));
            Planes next = Combine.sum(Math.sqrt(below), picture, back, direction);
            return sigma == 0 ? next : Combine.plus(next, sigma, noise.draw(step + 1));
        }
    }
}
