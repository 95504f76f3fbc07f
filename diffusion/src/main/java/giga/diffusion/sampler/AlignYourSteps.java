package giga.diffusion.sampler;

import giga.diffusion.weights.Architecture.Family;

/**
 * Schedules that were optimised for each family (Sabour et al., "Align your steps: optimizing sampling schedules in
 * diffusion models", 2024); other numbers of steps are interpolated log-linearly.
 */
final class AlignYourSteps {
    private static final double[] SD = {14.615, 6.475, 3.861, 2.697, 1.886, 1.396, 0.963, 0.652, 0.399, 0.152, 0.029};
    private static final double[] SDXL = {14.615, 6.315, 3.771, 2.181, 1.342, 0.862, 0.555, 0.380, 0.234, 0.113, 0.029};

    private AlignYourSteps() {}

    /** [steps] Without the 0 at the end. */
    static float[] sigmas(Family family, int steps) {
        double[] known = switch (family) {
            case SD1, SD2 -> SD;
            case SDXL, SDXL_REFINER -> SDXL;
        };
        float[] sigmas = new float[steps];
        for (int i = 0; i < steps; i++) sigmas[i] = (float) at(known, i, steps);
        return sigmas;
    }

    private static double at(double[] known, int step, int steps) {
        int last = known.length - 1;
        if (steps == known.length) return known[step];
        // A single step is the lowest noise, not the highest: so the reference has it.
        double place = steps == 1 ? last : (double) step * last / (steps - 1);
        int low = Math.min((int) place, last - 1);
        double weight = place - low;
        return StrictMath.exp((1 - weight) * StrictMath.log(known[low]) + weight * StrictMath.log(known[low + 1]));
    }
}
