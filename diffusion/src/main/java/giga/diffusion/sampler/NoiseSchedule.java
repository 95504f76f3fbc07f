package giga.diffusion.sampler;

import giga.diffusion.ModelException;

/**
 * The noise levels a model was trained on: 1000 steps, betas "scaled linear" (Rombach et al., "High-resolution image
 * synthesis with latent diffusion models", 2022). A level has two names, the timestep t in [0, 999], which the network
 * is given and which may be a fraction, and sigma, the noise's standard deviation beside an unscaled picture.
 */
public final class NoiseSchedule {
    private static final int LENGTH = 1000;

    private final float[] alphasCumprod = new float[LENGTH];
    private final float[] sigmas = new float[LENGTH];
    private final float[] logSigmas = new float[LENGTH];

    /** @throws ModelException unless 0 &lt; betaStart ≤ betaEnd &lt; 1, or if the noise they add up to is out of range */
    public NoiseSchedule(double betaStart, double betaEnd) {
        if (!(betaStart > 0 && betaStart <= betaEnd && betaEnd < 1))
            throw new ModelException(
                    "The model's noise schedule runs from beta %s to %s; they must rise and lie between 0 and 1, as 0.00085 and 0.012 of Stable Diffusion"
                            .formatted(betaStart, betaEnd));
        double first = Math.sqrt(betaStart);
        double step = (Math.sqrt(betaEnd) - first) / (LENGTH - 1);
        double kept = 1;
        for (int i = 0; i < LENGTH; i++) {
            double root = first + i * step;
            kept *= 1 - root * root;
            alphasCumprod[i] = (float) kept;
            sigmas[i] = (float) Math.sqrt((1 - alphasCumprod[i]) / alphasCumprod[i]);
            logSigmas[i] = log(sigmas[i]);
            if (!(i == 0 ? sigmas[i] > 0 : sigmas[i] > sigmas[i - 1]) || !Float.isFinite(sigmas[i]))
                throw new ModelException(
                        "The model's betas %s to %s leave no usable noise level %d; is its scheduler configuration damaged?"
                                .formatted(betaStart, betaEnd, i));
        }
    }

    /** [1000] How much of the picture's variance is left at each step. */
    public float[] alphasCumprod() {
        return alphasCumprod.clone();
    }

    /** [1000] Rising. */
    public float[] sigmas() {
        return sigmas.clone();
    }

    public float sigmaMin() {
        return sigmas[0];
    }

    public float sigmaMax() {
        return sigmas[LENGTH - 1];
    }

    /** The timestep of a sigma, log-linear between the trained ones (k-diffusion's DiscreteSchedule), within 0 to 999. */
    public float timestep(float sigma) {
        float log = log(sigma);
        int low = 0;
        while (low < LENGTH - 2 && logSigmas[low + 1] <= log) low++;
        float weight = (logSigmas[low] - log) / (logSigmas[low] - logSigmas[low + 1]);
        weight = Math.clamp(weight, 0f, 1f);
        return (1 - weight) * low + weight * (low + 1);
    }

    /** The sigma of a timestep in [0, 999]. */
    public float sigma(float timestep) {
        int low = (int) timestep;
        int high = Math.min(low + 1, LENGTH - 1);
        float weight = timestep - low;
        return (float) StrictMath.exp((1 - weight) * logSigmas[low] + weight * logSigmas[high]);
    }

    // StrictMath: a run that goes on at another machine must find the same sigmas there.
    private static float log(float value) {
        return (float) StrictMath.log(value);
    }
}
