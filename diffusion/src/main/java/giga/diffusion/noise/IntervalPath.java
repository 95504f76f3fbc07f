package giga.diffusion.noise;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource.Brownian;
import java.util.function.IntFunction;

/**
 * A Brownian path from one standard normal per interval between neighbouring sigmas. A longer increment is the sum of
 * the intervals within, each weighted by the root of its share, so increments that overlap agree.
 */
final class IntervalPath implements Brownian {
    private final float[] sigmas;
    private final IntFunction<Planes> normals;
    // An SDE step asks for its first half, then for the whole: the half need not be made twice.
    private int latest = -1;
    private Planes latestNormals;

    /** @param normals independent noise by the interval's index; interval i lies between sigmas i and i + 1 */
    IntervalPath(float[] sigmas, IntFunction<Planes> normals) {
        for (int i = 0; i < sigmas.length; i++)
            if (!(sigmas[i] > 0) || i > 0 && !(sigmas[i] < sigmas[i - 1]))
                throw new IllegalArgumentException("sigma %d of a Brownian path is %s".formatted(i, sigmas[i]));
        this.sigmas = sigmas.clone();
        this.normals = normals;
    }

    @Override
    public Planes between(float sigma, float sigmaNext) {
        int from = indexOf(sigma);
        int to = indexOf(sigmaNext);
        if (from >= to) throw new IllegalArgumentException("an increment from " + sigma + " to " + sigmaNext);
        Planes first = interval(from);
        if (to == from + 1) return first;
        double whole = (double) sigma - sigmaNext;
        double[] sum = new double[first.values().length];
        for (int i = from; i < to; i++) {
            double weight = Math.sqrt(((double) sigmas[i] - sigmas[i + 1]) / whole);
            float[] values = interval(i).values();
            for (int j = 0; j < sum.length; j++) sum[j] += weight * values[j];
        }
        Planes result = new Planes(first.batch(), first.channels(), first.height(), first.width());
        for (int j = 0; j < sum.length; j++) result.values()[j] = (float) sum[j];
        return result;
    }

    private Planes interval(int index) {
        if (index != latest) {
            latestNormals = normals.apply(index);
            latest = index;
        }
        return latestNormals;
    }

    private int indexOf(float sigma) {
        for (int i = 0; i < sigmas.length; i++) if (sigmas[i] == sigma) return i;
        throw new IllegalArgumentException(sigma + " is not a sigma of this Brownian path");
    }
}
