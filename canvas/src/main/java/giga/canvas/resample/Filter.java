package giga.canvas.resample;

/** The interpolation kernels of Pillow, by its names; {@code support} is where a kernel ends, in source pixels at scale 1. */
public enum Filter {
    /** Area average when reducing, nearest neighbour when enlarging. */
    BOX(0.5) {
        @Override
        double weight(double x) {
            return x > -0.5 && x <= 0.5 ? 1 : 0;
        }
    },
    BILINEAR(1) {
        @Override
        double weight(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },
    HAMMING(1) {
        @Override
        double weight(double x) {
            return Math.abs(x) < 1 ? sinc(x) * (0.54 + 0.46 * StrictMath.cos(x * Math.PI)) : 0;
        }
    },
    /** Keys' cubic convolution with a = -0.5. */
    BICUBIC(2) {
        @Override
        double weight(double x) {
            double d = Math.abs(x);
            if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
            return d < 2 ? -0.5 * (((d - 5) * d + 8) * d - 4) : 0;
        }
    },
    /** The sinc kernel under a sinc window of three lobes. */
    LANCZOS(3) {
        @Override
        double weight(double x) {
            return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        }
    };

    final double support;

    Filter(double support) {
        this.support = support;
    }

    abstract double weight(double x);

    /** StrictMath, so that every machine computes the same weights to the last bit. */
    private static double sinc(double x) {
        return x == 0 ? 1 : StrictMath.sin(x * Math.PI) / (x * Math.PI);
    }
}
