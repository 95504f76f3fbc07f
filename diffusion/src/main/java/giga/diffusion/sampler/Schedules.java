package giga.diffusion.sampler;

import giga.diffusion.sampler.SamplerOptions.Spacing;

/** The rules behind {@link Scheduler}'s names: a model's levels, a number of steps and the user's range to sigmas. */
final class Schedules {
    private static final BetaDistribution BETA = new BetaDistribution(0.6);

    private Schedules() {}

    /** Equal steps in the training's time (k-diffusion's get_sigmas). */
    static float[] uniform(SigmaTable table, int steps, Spacing spacing) {
        float first = table.timestep(table.sigmaMax());
        float last = table.timestep(table.sigmaMin());
        return withZero(steps, i -> table.sigma(linear(first, last, i, steps)));
    }

    /** Equal steps in the training's time, within the user's range (ComfyUI's "normal"). */
    static float[] normal(SigmaTable table, int steps, Spacing spacing) {
        float first = table.timestep((float) max(table, spacing));
        float last = table.timestep((float) min(table, spacing));
        return withZero(steps, i -> table.sigma(linear(first, last, i, steps)));
    }

    /** The same, leaving the last part of the time to the step to 0 (Stability's generative-models). */
    static float[] sgmUniform(SigmaTable table, int steps, Spacing spacing) {
        float first = table.timestep((float) max(table, spacing));
        float last = table.timestep((float) min(table, spacing));
        return withZero(steps, i -> table.sigma(linear(first, last, i, steps + 1)));
    }

    /** Karras et al., "Elucidating the design space of diffusion-based generative models" (2022), equation 5. */
    static float[] karras(SigmaTable table, int steps, Spacing spacing) {
        double rho = spacing.rho() == 0 ? 7 : spacing.rho();
        return karras(steps, min(table, spacing), max(table, spacing), rho);
    }

    static float[] karras(int steps, double sigmaMin, double sigmaMax, double rho) {
        double min = StrictMath.pow(sigmaMin, 1 / rho);
        double max = StrictMath.pow(sigmaMax, 1 / rho);
        return withZero(steps, i -> {
            float root = (float) max + linear(0, 1, i, steps) * (float) (min - max);
            return (float) StrictMath.pow(root, rho);
        });
    }

    /** Equal steps in the logarithm of sigma. */
    static float[] exponential(SigmaTable table, int steps, Spacing spacing) {
        float max = log(max(table, spacing));
        float min = log(min(table, spacing));
        return withZero(steps, i -> exp(linear(max, min, i, steps)));
    }

    /** Steps in the logarithm of sigma that follow a power (k-diffusion). */
    static float[] polyexponential(SigmaTable table, int steps, Spacing spacing) {
        double rho = spacing.rho() == 0 ? 1 : spacing.rho();
        float max = log(max(table, spacing));
        float min = log(min(table, spacing));
        return withZero(steps, i -> {
            float ramp = (float) StrictMath.pow(linear(1, 0, i, steps), rho);
            return exp(ramp * (max - min) + min);
        });
    }

    /** Equal steps of the angle whose tangent is sigma (Sabour et al. 2024, theorem 3.1). */
    static float[] klOptimal(SigmaTable table, int steps, Spacing spacing) {
        float max = (float) StrictMath.atan(max(table, spacing));
        float min = (float) StrictMath.atan(min(table, spacing));
        float[] sigmas = new float[steps + 1];
        for (int i = 0; i <= steps; i++) {
            float share = (float) i / steps;
            sigmas[i] = (float) StrictMath.tan(share * min + (1 - share) * max);
        }
        return sigmas;
    }

    static float[] alignYourSteps(SigmaTable table, int steps, Spacing spacing) {
        float[] sigmas = AlignYourSteps.sigmas(table.family(), steps);
        return withZero(steps, i -> sigmas[i]);
    }

    /** Every so many of the trained levels from the highest (ComfyUI's "simple"). */
    static float[] simple(SigmaTable table, int steps, Spacing spacing) {
        float[] all = table.sigmas();
        double stride = (double) all.length / steps;
        return withZero(steps, i -> all[all.length - 1 - (int) (i * stride)]);
    }

    /** Every so many of the trained levels from the second lowest (Song et al. 2021, as ComfyUI counts them). */
    static float[] ddim(SigmaTable table, int steps, Spacing spacing) {
        float[] all = table.sigmas();
        int stride = Math.max(all.length / steps, 1);
        int count = Math.ceilDiv(all.length - 1, stride);
        return withZero(count, i -> all[1 + stride * (count - 1 - i)]);
    }

    /** Quantiles of a beta distribution (Lee et al., "Beta sampling is all you need", 2024), in sigma as A1111 has it. */
    static float[] beta(SigmaTable table, int steps, Spacing spacing) {
        double max = max(table, spacing);
        double min = min(table, spacing);
        return withZero(steps, i -> {
            double share = steps == 1 ? 1 : 1 - (double) i / (steps - 1);
            return (float) (min + BETA.quantile(share) * (max - min));
        });
    }

    /** The trained levels at which distilled models were trained (Sauer et al. 2023), counted from the highest. */
    static float[] turbo(SigmaTable table, int steps, Spacing spacing) {
        float[] all = table.sigmas();
        return withZero(steps, i -> {
            double t = StrictMath.rint((steps - i) * (double) all.length / steps - 1);
            return all[Math.clamp((long) t, 0, all.length - 1)];
        });
    }

    private static double min(SigmaTable table, Spacing spacing) {
        return spacing.sigmaMin() == 0 ? table.sigmaMin() : spacing.sigmaMin();
    }

    private static double max(SigmaTable table, Spacing spacing) {
        return spacing.sigmaMax() == 0 ? table.sigmaMax() : spacing.sigmaMax();
    }

    private static float log(double value) {
        return (float) StrictMath.log(value);
    }

    private static float exp(double value) {
        return (float) StrictMath.exp(value);
    }

    private static float[] withZero(int steps, Sigma sigma) {
        float[] sigmas = new float[steps + 1];
        for (int i = 0; i < steps; i++) sigmas[i] = sigma.at(i);
        return sigmas;
    }

    /** Evenly spaced values in float32, counted from the nearer end, as torch.linspace rounds them. */
    static float linear(float start, float end, int index, int count) {
        if (count == 1) return start;
        float step = (end - start) / (count - 1);
        return index < count / 2 ? start + step * index : end - step * (count - 1 - index);
    }

    private interface Sigma {
        float at(int step);
    }
}
