package giga.diffusion.noise;

import giga.diffusion.Planes;

/**
 * Spherical interpolation of noise (Shoemake, "Animating rotation with quaternion curves", 1985), which keeps its
 * variance. As A1111 does it: every column of every channel is a vector.
 */
final class Slerp {
    /** Above this the vectors are as good as one, and the angle between them is nothing but rounding. */
    private static final double PARALLEL = 0.9995;

    private Slerp() {}

    /** @param one [1, channels, height, width]; @param other as one; @param share how much of other, 0 to 1 */
    static Planes mix(Planes one, Planes other, double share) {
        double[] cosines = cosines(one, other);
        double mean = 0;
        for (double cosine : cosines) mean += cosine / cosines.length;
        boolean parallel = mean > PARALLEL;
        Planes mixed = new Planes(1, one.channels(), one.height(), one.width());
        for (int i = 0; i < mixed.values().length; i++) {
            double cosine = cosines[column(one, i)];
            double angle = StrictMath.acos(Math.clamp(cosine, -1, 1));
            // A1111 swaps the shares where the vectors are parallel; there it makes no difference.
            double first = parallel ? share : StrictMath.sin((1 - share) * angle) / StrictMath.sin(angle);
            double second = parallel ? 1 - share : StrictMath.sin(share * angle) / StrictMath.sin(angle);
            mixed.values()[i] = (float) (first * one.values()[i] + second * other.values()[i]);
        }
        return mixed;
    }

    private static double[] cosines(Planes one, Planes other) {
        double[] dots = new double[one.channels() * one.width()];
        double[] squares = new double[dots.length];
        double[] otherSquares = new double[dots.length];
        for (int i = 0; i < one.values().length; i++) {
            double a = one.values()[i];
            double b = other.values()[i];
            int column = column(one, i);
            dots[column] += a * b;
            squares[column] += a * a;
            otherSquares[column] += b * b;
        }
        for (int i = 0; i < dots.length; i++) dots[i] /= Math.sqrt(squares[i] * otherSquares[i]);
        return dots;
    }

    private static int column(Planes planes, int index) {
        int channel = index / (planes.height() * planes.width());
        return channel * planes.width() + index % planes.width();
    }
}
