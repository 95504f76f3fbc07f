package giga.diffusion.sampler;

import giga.diffusion.Planes;
import java.util.List;

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

    /**
     * Several prompts at once (Liu et al. 2022): unconditional + Σ weight·scale·(conditional − unconditional)
     *
     * @param conditionals at least one
     * @param weights of each
     */
    public static Planes combine(List<Planes> conditionals, double[] weights, Planes unconditional, double scale) {
        Planes sum = combine(conditionals.getFirst(), unconditional, weights[0] * scale);
        for (int i = 1; i < weights.length; i++)
            sum = Combine.sum(
                    1, sum, (float) (weights[i] * scale), Combine.sum(1, conditionals.get(i), -1, unconditional));
        return sum;
    }
}
