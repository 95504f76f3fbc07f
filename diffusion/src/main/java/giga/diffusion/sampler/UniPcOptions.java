package giga.diffusion.sampler;

import giga.diffusion.ModelException;

/**
 * Settings of {@link Sampler#UNI_PC}.
 *
 * @param order 1 to 3, how many points a step looks back on
 * @param lowerOrderAtTheEnd smaller orders for the last steps, which steadies short runs
 */
public record UniPcOptions(int order, Variant variant, Grid grid, boolean lowerOrderAtTheEnd) {
    public UniPcOptions {
        if (order < 1 || order > 3) throw new ModelException("UniPC of order %d: give 1 to 3".formatted(order));
    }

    /** How a step's function B(h) is chosen. */
    public enum Variant {
        BH1,
        BH2,
        VARY_COEFF
    }

    /** How steps are spaced. */
    public enum Grid {
        TIME_UNIFORM,
        TIME_QUADRATIC,
        LOG_SNR
    }
}
