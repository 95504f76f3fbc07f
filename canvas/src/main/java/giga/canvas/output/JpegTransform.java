package giga.canvas.output;

import java.util.stream.IntStream;

/**
 * One component of a strip of blocks of 8 x 8 samples: from samples to quantized coefficients by the cosine transform of
 * Arai, Agui and Nakajima (1988), in floats, whose scaling is part of the quantizers. Line k holds what stands at k in
 * each row of all blocks, so that the loops go over all blocks and the compiler turns them into vector instructions.
 */
final class JpegTransform {
    /** Added to a float, it leaves the nearest whole number in the lowest bits of the sum. */
    private static final float ROUND = 12_582_912f;

    private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
    private static final int[] ROWS =
            IntStream.of(JpegTables.ZIGZAG).map(place -> place / 8).toArray();
    private static final int[] COLUMNS =
            IntStream.of(JpegTables.ZIGZAG).map(place -> place % 8).toArray();

    /** Sample (row y, column x) of block b at {@code lines[x][8 * b + y]}. */
    final float[][] lines;

    private final float[][] turned;
    private final float[][] scales;

    /** @param factors what {@link #factors} gives for the component's quantizers */
    JpegTransform(int blocks, float[] factors) {
        this.lines = new float[8][8 * blocks];
        this.turned = new float[8][8 * blocks];
        this.scales = new float[8][8 * blocks];
        for (int y = 0; y < 8; y++)
            for (int block = 0; block < blocks; block++) System.arraycopy(factors, 8 * y, scales[y], 8 * block, 8);
    }

    /** By what each result of the transform is multiplied to be a quantized coefficient. */
    static float[] factors(int[] quantizers) {
        float[] factors = new float[64];
        for (int i = 0; i < 64; i++) factors[i] = (float) (1 / (quantizers[i] * scale(i / 8) * scale(i % 8) * 8));
        return factors;
    }

    private static double scale(int k) {
        return k == 0 ? 1 : StrictMath.cos(k * Math.PI / 16) * StrictMath.sqrt(2);
    }

    /** Transforms the first blocks. */
    void run(int blocks) {
        int n = 8 * blocks;
        butterfly(lines, n);
        for (int y = 0; y < 8; y++) turn(lines, y, turned[y], n);
        butterfly(turned, n);
        for (int y = 0; y < 8; y++) quantize(turned[y], scales[y], n);
    }

    /**
     * Copies the coefficients of a block in the order they are coded.
     *
     * @return a bit for each that is not zero, the lowest for the first
     */
    long coefficients(int block, int[] into) {
        long present = 0;
        for (int k = 0; k < 64; k++) {
            int value = Float.floatToRawIntBits(turned[ROWS[k]][8 * block + COLUMNS[k]]) - ROUND_BITS;
            into[k] = value;
            present |= (long) ((value | -value) >>> 31) << k;
        }
        return present;
    }

    private static void turn(float[][] lines, int y, float[] row, int n) {
        float[] a0 = lines[0];
        float[] a1 = lines[1];
        float[] a2 = lines[2];
        float[] a3 = lines[3];
        float[] a4 = lines[4];
        float[] a5 = lines[5];
        float[] a6 = lines[6];
        float[] a7 = lines[7];
        for (int i = 0; i < n; i += 8) {
            row[i] = a0[i + y];
            row[i + 1] = a1[i + y];
            row[i + 2] = a2[i + y];
            row[i + 3] = a3[i + y];
            row[i + 4] = a4[i + y];
            row[i + 5] = a5[i + y];
            row[i + 6] = a6[i + y];
            row[i + 7] = a7[i + y];
        }
    }

    private static void quantize(float[] line, float[] scale, int n) {
        for (int i = 0; i < n; i++) line[i] = line[i] * scale[i] + ROUND;
    }

    /** In three loops, since the compiler makes no vectors of one so long. */
    private static void butterfly(float[][] lines, int n) {
        for (int k = 0; k < 4; k++) sumsAndDifferences(lines[k], lines[7 - k], n);
        even(lines[0], lines[1], lines[2], lines[3], n);
        odd(lines[7], lines[6], lines[5], lines[4], n);
        float[] second = lines[1];
        float[] third = lines[2];
        float[] fourth = lines[3];
        lines[1] = lines[6];
        lines[2] = fourth;
        lines[3] = lines[5];
        lines[5] = lines[4];
        lines[4] = second;
        lines[6] = third;
    }

    private static void sumsAndDifferences(float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            float sum = a[i] + b[i];
            b[i] = a[i] - b[i];
            a[i] = sum;
        }
    }

    /** Leaves coefficients 0, 4, 6 and 2. */
    private static void even(float[] a0, float[] a1, float[] a2, float[] a3, int n) {
        for (int i = 0; i < n; i++) {
            float outer = a0[i] + a3[i];
            float inner = a1[i] + a2[i];
            float difference = a0[i] - a3[i];
            float turned = (a1[i] - a2[i] + difference) * 0.707106781f;
            a0[i] = outer + inner;
            a1[i] = outer - inner;
            a2[i] = difference - turned;
            a3[i] = difference + turned;
        }
    }

    /** From the differences of 0 and 7, 1 and 6, 2 and 5, 3 and 4; leaves coefficients 7, 1, 3 and 5. */
    private static void odd(float[] d07, float[] d16, float[] d25, float[] d34, int n) {
        for (int i = 0; i < n; i++) {
            float low = d34[i] + d25[i];
            float high = d16[i] + d07[i];
            float middle = (d25[i] + d16[i]) * 0.707106781f;
            float shared = (low - high) * 0.382683433f;
            float z2 = 0.541196100f * low + shared;
            float z4 = 1.306562965f * high + shared;
            float plus = d07[i] + middle;
            float minus = d07[i] - middle;
            d07[i] = plus - z4;
            d16[i] = plus + z4;
            d25[i] = minus - z2;
            d34[i] = minus + z2;
        }
    }
}
