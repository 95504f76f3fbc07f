package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import java.util.ArrayList;
import java.util.List;

/**
 * Classifier-free guidance (Ho and Salimans, "Classifier-free diffusion guidance", 2022): away from what the network
 * gives without the prompt. It may be applied to eps, v or denoised pictures alike, for these are linear in each other.
 *
 * @param scale cfg, 0 to 100; where it leaves nothing of the unconditional output, as 1 does with one prompt, that
 *     output is not computed
 * @param rescale how much of the guided output's contrast is brought back to the conditional's, 0 to 1 (Lin et al.,
 *     "Common diffusion noise schedules and sample steps are flawed", 2024, section 3.4)
 * @param aboveSigma guidance ends at this sigma, 0 for never (Kynkäänniemi et al., "Applying guidance in a limited
 *     interval improves sample and distribution quality in diffusion models", 2024)
 * @param uptoSigma guidance begins at this sigma, infinity for at once
 * @param skipEarly A1111's skip_early_cond: the share of the run, from its start, without guidance
 * @param skipBelow A1111's s_min_uncond (NGMS): below this sigma every second call is without guidance; timestep
 *     samplers compare their timestep instead, as A1111 does
 * @param skipAllBelow every call, not every second
 * @throws ModelException that names the value and what to give instead
 */
public record Guidance(
        double scale,
        double rescale,
        double aboveSigma,
        double uptoSigma,
        double skipEarly,
        double skipBelow,
        boolean skipAllBelow) {
    public Guidance {
        if (!(scale >= 0 && scale <= 100))
            throw new ModelException("A guidance scale (cfg) of %s: give 0 to 100; 1 is no guidance".formatted(scale));
        if (!(rescale >= 0 && rescale <= 1))
            throw new ModelException("A guidance rescale of %s: give 0 (none) to 1 (all)".formatted(rescale));
        if (!(aboveSigma >= 0 && aboveSigma <= uptoSigma))
            throw new ModelException(
                    "Guidance from sigma %s down to %s: give two sigmas, the first the greater, for example 5.4 and 0.28"
                            .formatted(uptoSigma, aboveSigma));
        if (!(skipEarly >= 0 && skipEarly <= 1))
            throw new ModelException("No guidance for %s of the run: give 0 (all is guided) to 1".formatted(skipEarly));
        if (!(skipBelow >= 0 && skipBelow <= 1000))
            throw new ModelException(
                    "Less guidance below sigma %s: give 0 (all is guided) to 1000".formatted(skipBelow));
    }

    /** Guidance in every call. */
    public static Guidance of(double scale) {
        return new Guidance(scale, 0, 0, Double.POSITIVE_INFINITY, 0, 0, false);
    }

    public Guidance withScale(double value) {
        return new Guidance(value, rescale, aboveSigma, uptoSigma, skipEarly, skipBelow, skipAllBelow);
    }

    public Guidance withRescale(double value) {
        return new Guidance(scale, value, aboveSigma, uptoSigma, skipEarly, skipBelow, skipAllBelow);
    }

    /** Guided only where above &lt; sigma ≤ upto. */
    public Guidance within(double above, double upto) {
        return new Guidance(scale, rescale, above, upto, skipEarly, skipBelow, skipAllBelow);
    }

    public Guidance withSkips(double early, double below, boolean allBelow) {
        return new Guidance(scale, rescale, aboveSigma, uptoSigma, early, below, allBelow);
    }

    /**
     * Whether a call goes without the unconditional output.
     *
     * @param call number of this call
     * @param calls that A1111 counts for the run
     * @param level sigma, or the timestep in a timestep sampler
     */
    boolean skips(int call, int calls, float level, float sigma) {
        if (skipEarly > 0 && (double) call / calls <= skipEarly) return true;
        if (skipBelow > 0 && (skipAllBelow || call % 2 == 1) && level < skipBelow) return true;
        return !(sigma > aboveSigma && sigma <= uptoSigma);
    }

    /** Whether the unconditional output has a part in the guided one at all. */
    boolean needsUnconditional(List<Double> weights) {
        return scale * weights.stream().mapToDouble(Double::doubleValue).sum() != 1;
    }

    /**
     * unconditional + Σ weight·scale·(part − unconditional), with contrast brought back.
     *
     * @param unconditional the first part where it was not computed: it then falls out
     */
    Planes combine(List<Planes> parts, List<Double> weights, Planes unconditional) {
        if (parts.size() == 1 && unconditional == parts.getFirst()) return unconditional;
        Planes guided = unconditional;
        for (int i = 0; i < parts.size(); i++) {
            Planes direction = Combine.difference(parts.get(i), unconditional);
            guided = Combine.plus(guided, weights.get(i) * scale, direction);
        }
        return rescale == 0 ? guided : rescaled(guided, conditional(parts, weights));
    }

    private static Planes conditional(List<Planes> parts, List<Double> weights) {
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        if (parts.size() == 1 || sum == 0) return parts.getFirst();
        return Combine.weighted(weights.stream().mapToDouble(w -> w / sum).toArray(), parts);
    }

    private Planes rescaled(Planes guided, Planes conditional) {
        List<Planes> items = new ArrayList<>();
        for (int i = 0; i < guided.batch(); i++) {
            Planes item = guided.item(i);
            double spread = deviation(item);
            double ratio = spread == 0 ? 1 : deviation(conditional.item(i)) / spread;
            items.add(Combine.scaled(rescale * ratio + 1 - rescale, item));
        }
        return Planes.stack(items);
    }

    private static double deviation(Planes item) {
        double mean = 0;
        for (float value : item.values()) mean += value;
        mean /= item.values().length;
        double squares = 0;
        for (float value : item.values()) squares += (value - mean) * (value - mean);
        return Math.sqrt(squares / Math.max(1, item.values().length - 1));
    }
}
