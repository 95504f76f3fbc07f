package giga.canvas.resample;

import java.util.Arrays;

/**
 * A weighted sum of lines of samples, rounded and clipped to 0 to 255: the arithmetic that both passes come down to.
 * The loops are plain because the compiler then turns them into vector instructions.
 */
final class Mix {
    private static final int HALF = 1 << (Taps.PRECISION - 1);

    private final int[] sums;

    Mix(int samples) {
        this.sums = new int[samples];
    }

    /** Mixes output line {@code i} of an axis from the axis' input lines; line n lies at n modulo the count of lines. */
    void compute(Taps axis, int i, int[][] lines) {
        Arrays.fill(sums, HALF);
        for (int k = 0; k < axis.count()[i]; k++)
            add(lines[(axis.first()[i] + k) % lines.length], axis.weights()[i * axis.stride() + k], sums);
    }

    private static void add(int[] line, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) sums[i] += weight * line[i];
    }

    void copyToRow(byte[] rgb, int offset) {
        for (int i = 0; i < sums.length; i++) rgb[offset + i] = (byte) rounded(sums[i]);
    }

    /** Lays the line out as a column of pixels, {@code stride} samples apart. */
    void copyToColumn(byte[] rgb, int offset, int stride) {
        for (int i = 0; i < sums.length; i += 3, offset += stride) {
            rgb[offset] = (byte) rounded(sums[i]);
            rgb[offset + 1] = (byte) rounded(sums[i + 1]);
            rgb[offset + 2] = (byte) rounded(sums[i + 2]);
        }
    }

    private static int rounded(int sum) {
        return Math.clamp(sum >> Taps.PRECISION, 0, 255);
    }
}
