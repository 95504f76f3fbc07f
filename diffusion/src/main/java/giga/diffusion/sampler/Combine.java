package giga.diffusion.sampler;

import giga.diffusion.Planes;
import java.util.List;

/** Sums of scaled planes, element by element in float32 from left to right, so that no item feels its batch. */
final class Combine {
    private Combine() {}

    /** a·x */
    static Planes scaled(double a, Planes x) {
        float factor = (float) a;
        Planes result = like(x);
        float[] out = result.values();
        float[] xs = x.values();
        for (int i = 0; i < out.length; i++) out[i] = factor * xs[i];
        return result;
    }

    /** a·x + b·y */
    static Planes sum(double a, Planes x, double b, Planes y) {
        checkShapes(x, y);
        float first = (float) a;
        float second = (float) b;
        Planes result = like(x);
        float[] out = result.values();
        float[] xs = x.values();
        float[] ys = y.values();
        for (int i = 0; i < out.length; i++) out[i] = first * xs[i] + second * ys[i];
        return result;
    }

    /** a·x + b·y + c·z */
    static Planes sum(double a, Planes x, double b, Planes y, double c, Planes z) {
        return plus(sum(a, x, b, y), c, z);
    }

    /** x + a·y */
    static Planes plus(Planes x, double a, Planes y) {
        return sum(1, x, a, y);
    }

    /** x − y */
    static Planes difference(Planes x, Planes y) {
        return sum(1, x, -1, y);
    }

    /** The sum of all planes, each times its factor. */
    static Planes weighted(double[] factors, List<Planes> planes) {
        Planes sum = scaled(factors[0], planes.getFirst());
        for (int i = 1; i < factors.length; i++) sum = plus(sum, factors[i], planes.get(i));
        return sum;
    }

    private static Planes like(Planes x) {
        return new Planes(x.batch(), x.channels(), x.height(), x.width());
    }

    private static void checkShapes(Planes x, Planes y) {
        if (x.batch() != y.batch()
                || x.channels() != y.channels()
                || x.height() != y.height()
                || x.width() != y.width())
            throw new IllegalArgumentException("[%d, %d, %d, %d] with [%d, %d, %d, %d]"
                    .formatted(
                            x.batch(),
                            x.channels(),
                            x.height(),
                            x.width(),
                            y.batch(),
                            y.channels(),
                            y.height(),
                            y.width()));
    }
}
