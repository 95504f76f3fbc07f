package giga.diffusion.sampler;

/**
 * The training's noise levels as functions of a time in (0, 1]: the logarithm of √ᾱ runs straight between the trained
 * levels, of which number n lies at (n + 1) / 1000 (Lu et al., "DPM-Solver", 2022, appendix D). Time is float32 as in
 * the reference, which truncates timesteps made of it.
 */
final class ContinuousSchedule {
    private static final float END = 1 / 1000f;

    private final double[] logAlphas;

    ContinuousSchedule(float[] alphasCumprod) {
        logAlphas = new double[alphasCumprod.length];
        for (int i = 0; i < logAlphas.length; i++) logAlphas[i] = StrictMath.log(alphasCumprod[i]) / 2;
    }

    double alpha(float time) {
        return StrictMath.exp(logAlpha(time));
    }

    double sigma(float time) {
        return Math.sqrt(-StrictMath.expm1(2 * logAlpha(time)));
    }

    /** ln(α / σ) */
    float lambda(float time) {
        return (float) (logAlpha(time) - StrictMath.log(sigma(time)));
    }

    /** [steps + 1] Falling from {@code start} to the first trained level. */
    float[] grid(UniPcOptions.Grid kind, float start, int steps) {
        float[] times = new float[steps + 1];
        for (int i = 0; i <= steps; i++)
            times[i] = switch (kind) {
                case TIME_UNIFORM -> Schedules.linear(start, END, i, steps + 1);
                case TIME_QUADRATIC -> {
                    float root = Schedules.linear((float) Math.sqrt(start), (float) Math.sqrt(END), i, steps + 1);
                    yield root * root;
                }
                case LOG_SNR -> time(Schedules.linear(lambda(start), lambda(END), i, steps + 1));
            };
        return times;
    }

    private double logAlpha(float time) {
        double place = Math.clamp(time * (double) logAlphas.length - 1, 0, logAlphas.length - 1);
        int low = Math.min((int) place, logAlphas.length - 2);
        return logAlphas[low] + (place - low) * (logAlphas[low + 1] - logAlphas[low]);
    }

    /** The time of a lambda. */
    private float time(float lambda) {
        double logAlpha = -StrictMath.log1p(StrictMath.exp(-2.0 * lambda)) / 2;
        int low = 0;
        while (low < logAlphas.length - 2 && logAlphas[low + 1] >= logAlpha) low++;
        double place = low + (logAlpha - logAlphas[low]) / (logAlphas[low + 1] - logAlphas[low]);
        return (float) ((Math.clamp(place, 0, logAlphas.length - 1) + 1) / logAlphas.length);
    }
}
