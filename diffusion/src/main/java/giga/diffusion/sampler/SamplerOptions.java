package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import java.util.OptionalDouble;

/**
 * What A1111 keeps among its sampler settings, by its names and with its defaults. Samplers that know nothing of an
 * option ignore it.
 *
 * @param eta share of new noise in a step; empty for the sampler's own: 0 of DDIM, 1 of all others
 * @param churn of Euler, Heun and DPM2
 * @param noise factor of the noise that a step adds (s_noise)
 * @throws ModelException that names the value and what to give instead
 */
public record SamplerOptions(
        OptionalDouble eta,
        Churn churn,
        double noise,
        Spacing spacing,
        Start start,
        UniPcOptions uniPc,
        Compat compat) {
    public static final SamplerOptions DEFAULT = new SamplerOptions(
            OptionalDouble.empty(),
            new Churn(0, 0, Double.POSITIVE_INFINITY),
            1,
            new Spacing(0, 0, 0, false),
            new Start(1, 0, false, false),
            new UniPcOptions(3, UniPcOptions.Variant.BH1, UniPcOptions.Grid.TIME_UNIFORM, true),
            new Compat(false, false));

    public SamplerOptions {
        if (eta.isPresent()) inRange("eta", eta.getAsDouble(), 0, 1);
        inRange("s_noise", noise, 0, 10);
    }

    /**
     * Extra noise on the way down (Karras et al. 2022, algorithm 2).
     *
     * @param amount s_churn, shared out over all steps
     * @param from s_tmin, the lowest sigma that is churned
     * @param to s_tmax, the highest
     */
    public record Churn(double amount, double from, double to) {
        public Churn {
            inRange("s_churn", amount, 0, 1000);
            inRange("s_tmin", from, 0, 10_000);
            inRange("s_tmax", to, 0, Double.POSITIVE_INFINITY);
        }
    }

    /**
     * Where a schedule's sigmas lie.
     *
     * @param sigmaMin lowest sigma above 0; 0 is the model's
     * @param sigmaMax highest sigma; 0 is the model's
     * @param rho curve of Karras and Polyexponential; 0 is the scheduler's own, 7 and 1
     * @param discardNextToLast makes one step more and leaves out the lowest sigma above 0
     */
    public record Spacing(double sigmaMin, double sigmaMax, double rho, boolean discardNextToLast) {
        public Spacing {
            inRange("sigma min", sigmaMin, 0, 10_000);
            inRange("sigma max", sigmaMax, 0, 10_000);
            inRange("rho", rho, 0, 100);
            if (sigmaMin > 0 && sigmaMax > 0 && sigmaMin >= sigmaMax)
                throw new ModelException("sigma min %s and sigma max %s: give a smaller sigma min, or 0 for the model's"
                        .formatted(sigmaMin, sigmaMax));
        }

        Spacing discarding() {
            return new Spacing(sigmaMin, sigmaMax, rho, true);
        }
    }

    /**
     * What a run starts from.
     *
     * @param noiseMultiplier of the first noise in img2img
     * @param extraNoise of the first noise, that much more of it is added in img2img and the sampler not told
     * @param sgm noise for txt2img as Stability's own code makes it: multiplied by √(1 + σ²), not σ
     * @param exactSteps img2img runs as many steps as were asked for, of a longer schedule, whatever denoise is
     */
    public record Start(double noiseMultiplier, double extraNoise, boolean sgm, boolean exactSteps) {
        public Start {
            inRange("initial noise multiplier", noiseMultiplier, 0, 10);
            inRange("extra noise", extraNoise, 0, 10);
        }
    }

    /**
     * For pictures made with settings or versions of long ago.
     *
     * @param quantizedTimesteps the network is only given timesteps it was trained on
     * @param halvedSchedule see {@link NoiseSchedule#halved()}
     */
    public record Compat(boolean quantizedTimesteps, boolean halvedSchedule) {}

    public SamplerOptions withEta(double value) {
        return new SamplerOptions(OptionalDouble.of(value), churn, noise, spacing, start, uniPc, compat);
    }

    public SamplerOptions withChurn(Churn value) {
        return new SamplerOptions(eta, value, noise, spacing, start, uniPc, compat);
    }

    public SamplerOptions withNoise(double value) {
        return new SamplerOptions(eta, churn, value, spacing, start, uniPc, compat);
    }

    public SamplerOptions withSpacing(Spacing value) {
        return new SamplerOptions(eta, churn, noise, value, start, uniPc, compat);
    }

    public SamplerOptions withStart(Start value) {
        return new SamplerOptions(eta, churn, noise, spacing, value, uniPc, compat);
    }

    public SamplerOptions withUniPc(UniPcOptions value) {
        return new SamplerOptions(eta, churn, noise, spacing, start, value, compat);
    }

    public SamplerOptions withCompat(Compat value) {
        return new SamplerOptions(eta, churn, noise, spacing, start, uniPc, value);
    }

    private static void inRange(String name, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest))
            throw new ModelException("%s %s: give %s to %s".formatted(name, value, lowest, highest));
    }
}
