package giga.canvas.output;

import giga.canvas.Pixels;

/** A tile's samples as TIFF wants them before compression: full size, as they are or as differences from the left. */
final class TiffTile {
    private TiffTile() {}

    /** Beyond the picture a tile repeats what is last in each row, which costs nothing: the differences are zero. */
    static byte[] differences(Pixels pixels, int side) {
        byte[] out = new byte[3 * side * side];
        int row = 3 * pixels.width();
        for (int y = 0; y < pixels.height(); y++) {
            int from = y * row;
            int to = 3 * y * side;
            for (int c = 0; c < 3; c++) out[to + c] = pixels.rgb()[from + c];
            difference(pixels.rgb(), from, out, to, row);
        }
        return out;
    }

    /** As they are; beyond the picture a tile repeats its last samples. */
    static byte[] samples(Pixels pixels, int side) {
        byte[] out = new byte[3 * side * side];
        int row = 3 * pixels.width();
        for (int y = 0; y < side; y++) {
            int to = 3 * y * side;
            System.arraycopy(pixels.rgb(), Math.min(y, pixels.height() - 1) * row, out, to, row);
            for (int i = row; i < 3 * side; i++) out[to + i] = out[to + i - 3];
        }
        return out;
    }

    private static void difference(byte[] in, int from, byte[] out, int to, int length) {
        for (int i = 3; i < length; i++) out[to + i] = (byte) (in[from + i] - in[from + i - 3]);
    }
}
