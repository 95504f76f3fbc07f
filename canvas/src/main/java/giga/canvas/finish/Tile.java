package giga.canvas.finish;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.Arrays;

/**
 * The part of a picture that is worked on at a time: three planes of levels in 64ths, so that steps do not add up their roundings,
 * small enough to stay in a core's cache. (Whole numbers, since the least and the most of floats take four times as long.) A step that looks at neighbours leaves a rim of the tile behind; what lies within the rim is still to be had.
 * Beyond the picture its outermost pixels repeat, so that every step is a function on an endless plane.
 */
final class Tile {
    /** A level. */
    static final int ONE = 64;

    static final int WHITE = 255 * ONE;

    private static final int BITS = 6;

    final int[][] planes;
    private int x;
    private int y;
    private int stride;
    private int rows;
    private int rim;

    /** @param pixels the most it has to hold */
    Tile(int pixels) {
        this.planes = new int[3][pixels];
    }

    /** Takes {@code core} with {@code rim} pixels around it out of {@code source}, which lies at {@code held} of the picture. */
    void load(Pixels source, Region held, Region core, int rim) {
        this.x = core.x() - rim;
        this.y = core.y() - rim;
        this.stride = core.width() + 2 * rim;
        this.rows = core.height() + 2 * rim;
        this.rim = 0;
        int from = Math.clamp(held.x() - x, 0, stride);
        int to = Math.clamp(held.right() - x, 0, stride);
        for (int row = 0; row < rows; row++) {
            int line = Math.clamp(y + row, held.y(), held.bottom() - 1) - held.y();
            spread(source.rgb(), 3 * (line * held.width() + x + from - held.x()), row * stride + from, to - from);
            for (int[] plane : planes) {
                Arrays.fill(plane, row * stride, row * stride + from, plane[row * stride + from]);
                Arrays.fill(plane, row * stride + to, (row + 1) * stride, plane[row * stride + to - 1]);
            }
        }
    }

    private void spread(byte[] rgb, int at, int to, int count) {
        int[] red = planes[0];
        int[] green = planes[1];
        int[] blue = planes[2];
        for (int i = to; i < to + count; i++, at += 3) {
            red[i] = (rgb[at] & 0xFF) << BITS;
            green[i] = (rgb[at + 1] & 0xFF) << BITS;
            blue[i] = (rgb[at + 2] & 0xFF) << BITS;
        }
    }

    /** Rounds what lies within the rim into {@code result}, whose upper left corner is at {@code (left, top)} of the picture. */
    void store(Pixels result, int left, int top) {
        byte[] rgb = result.rgb();
        int[] red = planes[0];
        int[] green = planes[1];
        int[] blue = planes[2];
        for (int row = rim; row < rows - rim; row++) {
            int at = 3 * ((y + row - top) * result.width() + x + rim - left);
            for (int i = first(row); i < end(row); i++, at += 3) {
                rgb[at] = (byte) (red[i] + ONE / 2 >> BITS);
                rgb[at + 1] = (byte) (green[i] + ONE / 2 >> BITS);
                rgb[at + 2] = (byte) (blue[i] + ONE / 2 >> BITS);
            }
        }
    }

    /** Column of the picture that the planes begin with. */
    int x() {
        return x;
    }

    /** Row of the picture that the planes begin with. */
    int y() {
        return y;
    }

    /** Samples from one row of a plane to the next. */
    int stride() {
        return stride;
    }

    int rows() {
        return rows;
    }

    /** Samples on every side that no longer count. */
    int rim() {
        return rim;
    }

    void leave(int margin) {
        rim += margin;
    }

    /** Index of a row's first sample within the rim. */
    int first(int row) {
        return row * stride + rim;
    }

    int end(int row) {
        return (row + 1) * stride - rim;
    }

    /** Rec. 709 luma of a row's samples from {@code first} to {@code end}, in 64ths. */
    void luma(int[] luma, int first, int end) {
        luma(planes[0], planes[1], planes[2], luma, first, end);
    }

    private static void luma(int[] red, int[] green, int[] blue, int[] luma, int first, int end) {
        for (int i = first; i < end; i++) luma[i] = 13933 * red[i] + 46871 * green[i] + 4732 * blue[i] + 32768 >> 16;
    }

    /** Adds the same to all channels of a row. */
    void add(int[] change, int first, int end) {
        for (int[] plane : planes) add(plane, change, first, end);
    }

    private static void add(int[] plane, int[] change, int first, int end) {
        for (int i = first; i < end; i++) plane[i] = Math.max(0, Math.min(WHITE, plane[i] + change[i]));
    }
}
