package giga.diffusion.network;

import java.util.Set;

/** Numbers as waves (Vaswani et al., arXiv 1706.03762): cosines first, then sines, of falling frequency. */
public final class Sinusoids {
    private static final float LONGEST_PERIOD_LOG = (float) Math.log(10000);

    /**
     * Exponents k/half·ln 10000 whose power lies just below the middle between two floats and is rounded up by the
     * exponential that the golden values were computed with (MKL's, in PyTorch's usual builds; others round down), for
     * half 32 (and its multiples) and 160. At timestep 999 such a rounding is 3e-5 to 6e-5 of an angle.
     */
    private static final Set<Float> ROUNDED_UP = Set.of(exponent(3, 32), exponent(2, 160), exponent(42, 160));

    private Sinusoids() {}

    /** Each number as {@code width} values, one after the other; taken in f32 whatever the networks' precision. */
    public static float[] of(float[] numbers, int width) {
        int half = width / 2;
        float[] values = new float[numbers.length * width];
        for (int i = 0; i < numbers.length; i++) {
            for (int k = 0; k < half; k++) {
                // Rounded at every step as the reference does: at 999 an exact angle is another one.
                float angle = numbers[i] * frequency(exponent(k, half));
                values[i * width + k] = (float) Math.cos(angle);
                values[i * width + half + k] = (float) Math.sin(angle);
            }
        }
        return values;
    }

    private static float exponent(int k, int half) {
        return -LONGEST_PERIOD_LOG * k / half;
    }

    private static float frequency(float exponent) {
        float rounded = (float) Math.exp(exponent);
        return ROUNDED_UP.contains(exponent) ? Math.nextUp(rounded) : rounded;
    }
}
