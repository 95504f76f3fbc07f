package giga.diffusion.sampler;

import giga.diffusion.Planes;

/**
 * Classifier-free guidance (Ho and Salimans, 2022): away from what the network gives without the prompt. It may be
 * applied to eps, v or denoised pictures alike, for these are linear in each other.
 */
public final class Guidance {
    private Guidance() {}

    /** At scale 1 the unconditional output falls out: it need not be computed. */
    public static boolean needsUnconditional(double scale) {
        return scale != 1;
    }

    /** unconditional + scale·(conditional − unconditional) */
    public static Planes combine(Planes conditional, Planes unconditional, double scale) {
        return Combine.sum(1, unconditional, (float) scale, Combine.sum(1, conditional, -1, unconditional));
    }
}
