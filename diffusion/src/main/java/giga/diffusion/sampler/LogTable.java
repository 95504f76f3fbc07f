package giga.diffusion.sampler;

/** Rising sigmas by their logarithms, between which levels are interpolated. */
final class LogTable {
    private final float[] sigmas;
    private final float[] logs;

    LogTable(float[] sigmas) {
        this.sigmas = sigmas;
        logs = new float[sigmas.length];
        for (int i = 0; i < logs.length; i++) logs[i] = log(sigmas[i]);
    }

    float[] sigmas() {
        return sigmas.clone();
    }

    /** The fractional index of a sigma, within the table (k-diffusion's DiscreteSchedule). */
    float index(float sigma) {
        float log = log(sigma);
        int low = 0;
        while (low < logs.length - 2 && logs[low + 1] <= log) low++;
        float weight = (logs[low] - log) / (logs[low] - logs[low + 1]);
        weight = Math.clamp(weight, 0f, 1f);
        return (1 - weight) * low + weight * (low + 1);
    }

    /** The index whose logarithm is nearest; of two equally near the lower. */
    int nearest(float sigma) {
        float log = log(sigma);
        int nearest = 0;
        for (int i = 1; i < logs.length; i++) if (Math.abs(logs[i] - log) < Math.abs(logs[nearest] - log)) nearest = i;
        return nearest;
    }

    /** The sigma of a fractional index, within the table. */
    float sigma(float index) {
        float inside = Math.clamp(index, 0, logs.length - 1);
        int low = (int) inside;
        int high = Math.min(low + 1, logs.length - 1);
        float weight = inside - low;
        return (float) StrictMath.exp((1 - weight) * logs[low] + weight * logs[high]);
    }

    // StrictMath: a run that goes on at another machine must find the same sigmas there.
    private static float log(float value) {
        return (float) StrictMath.log(value);
    }
}
