package giga.canvas.resample;

import giga.canvas.Region;
import java.util.Arrays;

/**
 * Pillow's two passes over 8-bit samples, first along rows, then along columns, each rounded to 8 bits. Any region of
 * the result is computed on its own, to the same bytes as in the whole, from no more input rows at a time than one strip.
 *
 * @param channels interleaved samples per pixel, of input and result
 */
record Separable(Source source, int channels, Taps columns, Taps rows) {
    private static final int HALF = 1 << (Taps.PRECISION - 1);
    /** Input columns worked on together; with a strip's rows at most 2 million pixels, unless one pixel needs more. */
    private static final int INPUT_COLUMNS = 4096;
    /** Strips end where the chunks of a stored picture do, so that hardly any chunk is read twice. */
    private static final int STRIP_ROWS = 512;

    private static final int LEAST_COLUMNS = 16;

    /** Interleaved samples of a region of the input, row by row. */
    interface Source {
        byte[] read(Region region);
    }

    /** Interleaved samples of a region of the result, row by row. */
    byte[] read(Region region) {
        byte[] result = new byte[Math.multiplyExact(channels, Math.multiplyExact(region.width(), region.height()))];
        int step = Math.max(LEAST_COLUMNS, (int) ((long) INPUT_COLUMNS * region.width() / inputColumns(region)));
        for (int x = region.x(); x < region.right(); x += step) {
            int width = Math.min(step, region.right() - x);
            new Piece(new Region(x, region.y(), width, region.height())).compute(result, region);
        }
        return result;
    }

    private int inputColumns(Region region) {
        return columns.end(region.right() - 1) - columns.first()[region.x()];
    }

    /** Columns of a region, computed downwards; of the rows between the passes only as many are kept as one run takes. */
    private final class Piece {
        private final Region region;
        private final int left;
        private final int width;
        private final int samples;
        private final int lastRow;
        private final int[][] between;
        private final int[] sums;
        private byte[] strip = {};
        private int stripTop;
        private int stripEnd;

        Piece(Region region) {
            this.region = region;
            this.left = columns.first()[region.x()];
            this.width = inputColumns(region);
            this.samples = channels * region.width();
            this.lastRow = rows.end(region.bottom() - 1);
            this.between = new int[rows.longest()][samples];
            this.sums = new int[samples];
        }

        void compute(byte[] result, Region whole) {
            int next = rows.first()[region.y()];
            int offset = channels * (region.x() - whole.x());
            for (int y = region.y(); y < region.bottom(); y++) {
                for (; next < rows.end(y); next++) resizeRow(next);
                mixRows(y, result, offset);
                offset += channels * whole.width();
            }
        }

        private void resizeRow(int y) {
            if (y >= stripEnd) readStrip(y);
            int start = channels * width * (y - stripTop);
            int[] row = between[y % between.length];
            if (channels == 3) resizeRgb(start, row);
            else for (int c = 0; c < channels; c++) resizeChannel(start + c, row, c);
        }

        private void readStrip(int y) {
            int rowsThatFit = Math.max(1, INPUT_COLUMNS * STRIP_ROWS / width);
            stripTop = y;
            stripEnd = Math.min(Math.min(lastRow, y + rowsThatFit), (y / STRIP_ROWS + 1) * STRIP_ROWS);
            strip = source.read(new Region(left, y, width, stripEnd - y));
        }

        private void resizeRgb(int start, int[] row) {
            for (int i = 0; i < region.width(); i++) {
                int x = region.x() + i;
                int at = start + 3 * (columns.first()[x] - left);
                int weight = x * columns.stride();
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                for (int end = weight + columns.count()[x]; weight < end; weight++, at += 3) {
                    int w = columns.weights()[weight];
                    red += w * (strip[at] & 0xFF);
                    green += w * (strip[at + 1] & 0xFF);
                    blue += w * (strip[at + 2] & 0xFF);
                }
                row[3 * i] = clip(red);
                row[3 * i + 1] = clip(green);
                row[3 * i + 2] = clip(blue);
            }
        }

        private void resizeChannel(int start, int[] row, int channel) {
            for (int i = 0; i < region.width(); i++) {
                int x = region.x() + i;
                int at = start + channels * (columns.first()[x] - left);
                int weight = x * columns.stride();
                int sum = HALF;
                for (int end = weight + columns.count()[x]; weight < end; weight++, at += channels)
                    sum += columns.weights()[weight] * (strip[at] & 0xFF);
                row[channels * i + channel] = clip(sum);
            }
        }

        private void mixRows(int y, byte[] result, int offset) {
            Arrays.fill(sums, HALF);
            int first = rows.first()[y];
            for (int k = 0; k < rows.count()[y]; k++)
                add(between[(first + k) % between.length], rows.weights()[y * rows.stride() + k], sums);
            for (int i = 0; i < sums.length; i++) result[offset + i] = (byte) clip(sums[i]);
        }
    }

    /** Kept apart and plain: the compiler turns it into vector instructions. */
    private static void add(int[] row, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) sums[i] += weight * row[i];
    }

    private static int clip(int sum) {
        return Math.clamp(sum >> Taps.PRECISION, 0, 255);
    }
}
