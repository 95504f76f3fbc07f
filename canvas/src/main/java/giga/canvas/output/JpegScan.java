package giga.canvas.output;

import giga.canvas.Pixels;

/**
 * The entropy-coded samples of a baseline JPEG or of one restart interval of it: YCbCr (JFIF), full chroma, so that an MCU
 * is one block of each component.
 */
final class JpegScan {
    static final int SIDE = 8;

    /** Blocks worked on together: enough for the vectors, few enough for the nearest cache. */
    private static final int BLOCKS = 32;

    private final JpegBits bits = new JpegBits();
    private final JpegTransform[] components = new JpegTransform[3];
    private final int[] lastDc = new int[3];
    private final int[] coefficients = new int[64];

    private JpegScan(JpegTables tables, int blocksAcross) {
        for (int c = 0; c < 3; c++)
            components[c] = new JpegTransform(Math.min(BLOCKS, blocksAcross), tables.factors(c));
    }

    /** Codes rows {@code top} to {@code bottom} of the pixels; what lacks to whole blocks repeats the last column and row. */
    static byte[] encode(Pixels pixels, int top, int bottom, JpegTables tables) {
        int blocks = Math.ceilDiv(pixels.width(), SIDE);
        JpegScan scan = new JpegScan(tables, blocks);
        for (int y = top; y < bottom; y += SIDE)
            for (int first = 0; first < blocks; first += BLOCKS)
                scan.strip(pixels, first, y, bottom, Math.min(BLOCKS, blocks - first));
        return scan.bits.finish();
    }

    private void strip(Pixels pixels, int first, int y, int bottom, int blocks) {
        for (int row = 0; row < SIDE; row++) {
            int line = Math.min(y + row, bottom - 1);
            load(pixels, line, SIDE * first, row, blocks);
        }
        for (JpegTransform component : components) component.run(blocks);
        for (int block = 0; block < blocks; block++)
            for (int c = 0; c < 3; c++) code(block, c, c == 0 ? JpegTables.LUMA_CODES : JpegTables.CHROMA_CODES);
    }

    private void load(Pixels pixels, int y, int x, int row, int blocks) {
        byte[] rgb = pixels.rgb();
        int start = 3 * y * pixels.width();
        int last = pixels.width() - 1;
        for (int column = 0; column < SIDE; column++) {
            float[] luma = components[0].lines[column];
            float[] blue = components[1].lines[column];
            float[] red = components[2].lines[column];
            for (int block = 0, i = row; block < blocks; block++, i += SIDE) {
                int at = start + 3 * Math.min(x + SIDE * block + column, last);
                float r = rgb[at] & 0xFF;
                float g = rgb[at + 1] & 0xFF;
                float b = rgb[at + 2] & 0xFF;
                luma[i] = 0.299f * r + 0.587f * g + 0.114f * b - 128;
                blue[i] = -0.168735892f * r - 0.331264108f * g + 0.5f * b;
                red[i] = 0.5f * r - 0.418687589f * g - 0.081312411f * b;
            }
        }
    }

    private void code(int block, int component, JpegTables.Codes codes) {
        long present = components[component].coefficients(block, coefficients);
        int dc = coefficients[0];
        bits.putBlock(codes, dc - lastDc[component], coefficients, present);
        lastDc[component] = dc;
    }
}
