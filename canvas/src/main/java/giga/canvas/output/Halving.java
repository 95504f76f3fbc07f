package giga.canvas.output;

import giga.canvas.Pixels;

/** Reduction by two: each pixel is the mean of four, rounded; an odd last column or row counts twice. */
public final class Halving {
    private Halving() {}

    public static Pixels of(Pixels in) {
        Pixels out = new Pixels(Math.ceilDiv(in.width(), 2), Math.ceilDiv(in.height(), 2));
        int stride = 3 * in.width();
        int[] sums = new int[stride];
        for (int y = 0; y < out.height(); y++) {
            int upper = 2 * y * stride;
            int lower = Math.min(2 * y + 1, in.height() - 1) * stride;
            addRows(in.rgb(), upper, lower, sums);
            mean(sums, out.rgb(), 3 * y * out.width(), in.width() / 2);
            if (in.width() % 2 == 1)
                for (int c = 0; c < 3; c++)
                    out.rgb()[3 * (y + 1) * out.width() - 3 + c] = (byte) (2 * sums[stride - 3 + c] + 2 >> 2);
        }
        return out;
    }

    private static void addRows(byte[] rgb, int upper, int lower, int[] sums) {
        for (int i = 0; i < sums.length; i++) sums[i] = (rgb[upper + i] & 0xFF) + (rgb[lower + i] & 0xFF);
    }

    private static void mean(int[] sums, byte[] out, int at, int pixels) {
        for (int x = 0, from = 0; x < pixels; x++, from += 6, at += 3) {
            out[at] = (byte) (sums[from] + sums[from + 3] + 2 >> 2);
            out[at + 1] = (byte) (sums[from + 1] + sums[from + 4] + 2 >> 2);
            out[at + 2] = (byte) (sums[from + 2] + sums[from + 5] + 2 >> 2);
        }
    }
}
