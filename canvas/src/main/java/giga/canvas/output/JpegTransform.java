package giga.canvas.output;

/**
 * One component of a strip of blocks of 8 x 8 samples: from samples to quantized coefficients by the cosine transform of
 * Arai, Agui and Nakajima (1988), in floats, whose scaling is part of the quantizers. Line k holds what stands at k in
 * each row of all blocks, so that the loops go over all blocks and the compiler turns them into vector instructions.
 */
final class JpegTransform {
    /** Added to a float, it leaves the nearest whole number in the lowest bits of the sum. */
    private static final float ROUND = 12_582_912f;

    private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

    /** Sample (row y, column x) of block b at {@code lines[x][8 * b + y]}. */
    final float[][] lines;

    private final float[][] turned;
    private final float[][] scales;

    JpegTransform(int blocks, int[] quantizers) {
        this.lines = new float[8][8 * blocks];
        this.turned = new float[8][8 * blocks];
        this.scales = new float[8][8 * blocks];
        for (int y = 0; y < 8; y++)
            for (int i = 0; i < 8 * blocks; i++)
                scales[y][i] = (float) (1 / (quantizers[8 * y + i % 8] * scale(y) * scale(i % 8) * 8));
    }

    private static double scale(int k) {
        return k == 0 ? 1 : StrictMath.cos(k * Math.PI / 16) * StrictMath.sqrt(2);
    }

    /** Transforms the first blocks. */
    void run(int blocks) {
        int n = 8 * blocks;
        butterfly(lines, n);
        for (int x = 0; x < 8; x++) {
            float[] line = lines[x];
            for (int y = 0; y < 8; y++) turn(line, y, turned[y], x, n);
        }
        butterfly(turned, n);
        for (int y = 0; y < 8; y++) quantize(turned[y], scales[y], n);
    }

    /** The coefficient at {@code place} of a block, row by row. */
    int coefficient(int block, int place) {
        return Float.floatToRawIntBits(turned[place >> 3][8 * block + (place & 7)]) - ROUND_BITS;
    }

    private static void turn(float[] from, int y, float[] to, int x, int n) {
        for (int i = 0; i < n; i += 8) to[i + x] = from[i + y];
    }

    private static void quantize(float[] line, float[] scale, int n) {
        for (int i = 0; i < n; i++) line[i] = line[i] * scale[i] + ROUND;
    }

    private static void butterfly(float[][] lines, int n) {
        float[] a0 = lines[0];
        float[] a1 = lines[1];
        float[] a2 = lines[2];
        float[] a3 = lines[3];
        float[] a4 = lines[4];
        float[] a5 = lines[5];
        float[] a6 = lines[6];
        float[] a7 = lines[7];
        for (int i = 0; i < n; i++) {
            float s07 = a0[i] + a7[i];
            float d07 = a0[i] - a7[i];
            float s16 = a1[i] + a6[i];
            float d16 = a1[i] - a6[i];
            float s25 = a2[i] + a5[i];
            float d25 = a2[i] - a5[i];
            float s34 = a3[i] + a4[i];
            float d34 = a3[i] - a4[i];
            float even0 = s07 + s34;
            float even3 = s07 - s34;
            float even1 = s16 + s25;
            float even2 = s16 - s25;
            a0[i] = even0 + even1;
            a4[i] = even0 - even1;
            float z1 = (even2 + even3) * 0.707106781f;
            a2[i] = even3 + z1;
            a6[i] = even3 - z1;
            float odd0 = d34 + d25;
            float odd1 = d25 + d16;
            float odd2 = d16 + d07;
            float z5 = (odd0 - odd2) * 0.382683433f;
            float z2 = 0.541196100f * odd0 + z5;
            float z4 = 1.306562965f * odd2 + z5;
            float z3 = odd1 * 0.707106781f;
            float z11 = d07 + z3;
            float z13 = d07 - z3;
            a5[i] = z13 + z2;
            a3[i] = z13 - z2;
            a1[i] = z11 + z4;
            a7[i] = z11 - z4;
        }
    }
}
