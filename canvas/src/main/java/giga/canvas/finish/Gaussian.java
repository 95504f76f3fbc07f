package giga.canvas.finish;

import java.util.Arrays;

/**
 * A Gaussian blur of a plane, along its rows and then its columns. The weights come from StrictMath and sums are taken in one
 * order, so that every machine gets the same result to the last bit.
 */
final class Gaussian {
    private final float[] weights;
    private float[] between = {};

    /** @param sigma standard deviation in pixels */
    Gaussian(double sigma) {
        int reach = (int) Math.ceil(3 * sigma);
        double[] exact = new double[reach + 1];
        for (int i = 0; i <= reach; i++) exact[i] = StrictMath.exp(-i * i / (2 * sigma * sigma));
        double sum = 2 * Arrays.stream(exact).sum() - exact[0];
        this.weights = new float[reach + 1];
        for (int i = 0; i <= reach; i++) weights[i] = (float) (exact[i] / sum);
    }

    int reach() {
        return weights.length - 1;
    }

    /** What white noise of standard deviation 1 has left of it. */
    double noiseLeft() {
        double sum = weights[0] * weights[0];
        for (int i = 1; i < weights.length; i++) sum += 2.0 * weights[i] * weights[i];
        return sum;
    }

    /** Blurs all of a plane but a margin of {@link #reach} more than {@code rim}, which {@code out} keeps as it is. */
    void blur(float[] in, float[] out, int stride, int rows, int rim) {
        if (between.length < stride * rows) between = new float[stride * rows];
        int reach = reach();
        for (int row = rim; row < rows - rim; row++)
            mix(in, between, row * stride + rim + reach, (row + 1) * stride - rim - reach, 1);
        for (int row = rim + reach; row < rows - rim - reach; row++)
            mix(between, out, row * stride + rim + reach, (row + 1) * stride - rim - reach, stride);
    }

    private void mix(float[] in, float[] out, int first, int end, int step) {
        scale(in, out, first, end, weights[0]);
        for (int i = 1; i < weights.length; i++) add(in, out, first, end, i * step, weights[i]);
    }

    private static void scale(float[] in, float[] out, int first, int end, float weight) {
        for (int i = first; i < end; i++) out[i] = weight * in[i];
    }

    private static void add(float[] in, float[] out, int first, int end, int apart, float weight) {
        for (int i = first; i < end; i++) out[i] += weight * (in[i - apart] + in[i + apart]);
    }
}
