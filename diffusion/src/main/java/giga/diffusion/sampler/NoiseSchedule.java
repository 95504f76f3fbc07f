package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture;
import giga.diffusion.weights.Architecture.Family;

/**
 * The noise levels a model was trained on: 1000 steps, betas "scaled linear" (Rombach et al., "High-resolution image
 * synthesis with latent diffusion models", 2022), rescaled to end in pure noise where the model was trained so (Lin et
 * al., "Common diffusion noise schedules and sample steps are flawed", 2024, algorithm 1).
 */
public final class NoiseSchedule implements SigmaTable {
    private static final int LENGTH = 1000;
    /** What the reference puts for the last step's signal, which would be 0 and its sigma infinite. */
    private static final float LEAST_SIGNAL = 4.8973451890853435e-08f;

    private final double betaStart;
    private final double betaEnd;
    private final float[] trained;
    private final boolean zeroTerminalSnr;
    private final Family family;
    private final float[] alphasCumprod;
    private final LogTable table;

    /** The schedule of an SD 1 model. */
    public NoiseSchedule(double betaStart, double betaEnd) {
        this(betaStart, betaEnd, false, Family.SD1);
    }

    /** @throws ModelException unless 0 &lt; betaStart ≤ betaEnd &lt; 1, or if the noise they add up to is out of range */
    public NoiseSchedule(double betaStart, double betaEnd, boolean zeroTerminalSnr, Family family) {
        this(betaStart, betaEnd, alphasCumprod(betaStart, betaEnd), zeroTerminalSnr, family);
    }

    /** A model's own. */
    public static NoiseSchedule of(Architecture architecture) {
        return new NoiseSchedule(
                architecture.betaStart(),
                architecture.betaEnd(),
                architecture.zeroTerminalSnr(),
                architecture.family());
    }

    private NoiseSchedule(double betaStart, double betaEnd, float[] trained, boolean zeroTerminalSnr, Family family) {
        this.betaStart = betaStart;
        this.betaEnd = betaEnd;
        this.trained = trained;
        this.zeroTerminalSnr = zeroTerminalSnr;
        this.family = family;
        alphasCumprod = zeroTerminalSnr ? withoutSignalAtTheEnd(trained) : trained;
        float[] sigmas = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            sigmas[i] = (float) Math.sqrt((1 - alphasCumprod[i]) / alphasCumprod[i]);
            if (!(i == 0 ? sigmas[i] > 0 : sigmas[i] > sigmas[i - 1]) || !Float.isFinite(sigmas[i]))
                throw new ModelException(
                        "The model's betas %s to %s leave no usable noise level %d; is its scheduler configuration damaged?"
                                .formatted(betaStart, betaEnd, i));
        }
        table = new LogTable(sigmas);
    }

    /** Rounded to float16 as A1111 had it before version 1.7, for pictures made then. */
    public NoiseSchedule halved() {
        float[] rounded = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) rounded[i] = Float.float16ToFloat(Float.floatToFloat16(trained[i]));
        return new NoiseSchedule(betaStart, betaEnd, rounded, zeroTerminalSnr, family);
    }

    /** [1000] How much of the picture's variance is left at each step. */
    public float[] alphasCumprod() {
        return alphasCumprod.clone();
    }

    @Override
    public float[] sigmas() {
        return table.sigmas();
    }

    /** Log-linear between the trained ones (k-diffusion's DiscreteSchedule). */
    @Override
    public float timestep(float sigma) {
        return table.index(sigma);
    }

    /** The trained timestep nearest to a sigma. */
    public int trainedTimestep(float sigma) {
        return table.nearest(sigma);
    }

    @Override
    public float sigma(float timestep) {
        return table.sigma(timestep);
    }

    @Override
    public Family family() {
        return family;
    }

    private static float[] alphasCumprod(double betaStart, double betaEnd) {
        if (!(betaStart > 0 && betaStart <= betaEnd && betaEnd < 1))
            throw new ModelException(
                    "The model's noise schedule runs from beta %s to %s; they must rise and lie between 0 and 1, as 0.00085 and 0.012 of Stable Diffusion"
                            .formatted(betaStart, betaEnd));
        float[] alphas = new float[LENGTH];
        double first = Math.sqrt(betaStart);
        double step = (Math.sqrt(betaEnd) - first) / (LENGTH - 1);
        double kept = 1;
        for (int i = 0; i < LENGTH; i++) {
            double root = first + i * step;
            kept *= 1 - root * root;
            alphas[i] = (float) kept;
        }
        return alphas;
    }

    private static float[] withoutSignalAtTheEnd(float[] alphas) {
        float first = (float) Math.sqrt(alphas[0]);
        float last = (float) Math.sqrt(alphas[LENGTH - 1]);
        float[] rescaled = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            float root = ((float) Math.sqrt(alphas[i]) - last) * (first / (first - last));
            rescaled[i] = root * root;
        }
        rescaled[LENGTH - 1] = LEAST_SIGNAL;
        return rescaled;
    }
}
