package giga.diffusion.sampler;

import giga.diffusion.Planes;

/** Sums of scaled planes, element by element in float32 from left to right, so that no item feels its batch. */
final class Combine {
    private Combine() {}

    /** a·x */
    static Planes scaled(float a, Planes x) {
        Planes result = like(x);
        float[] out = result.values();
        float[] xs = x.values();
        for (int i = 0; i < out.length; i++) out[i] = a * xs[i];
        return result;
    }

    /** a·x + b·y */
    static Planes sum(float a, Planes x, float b, Planes y) {
        checkShapes(x, y);
        Planes result = like(x);
        float[] out = result.values();
        float[] xs = x.values();
        float[] ys = y.values();
        for (int i = 0; i < out.length; i++) out[i] = a * xs[i] + b * ys[i];
        return result;
    }

    /** a·x + b·y + c·z */
    static Planes sum(float a, Planes x, float b, Planes y, float c, Planes z) {
        checkShapes(x, y);
        checkShapes(x, z);
        Planes result = like(x);
        float[] out = result.values();
        float[] xs = x.values();
        float[] ys = y.values();
        float[] zs = z.values();
        for (int i = 0; i < out.length; i++) out[i] = a * xs[i] + b * ys[i] + c * zs[i];
        return result;
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
