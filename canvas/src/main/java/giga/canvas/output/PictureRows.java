package giga.canvas.output;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.function.IntConsumer;

/** The rows of a picture from the top, read a row of chunks at a time. */
final class PictureRows {
    private static final int CHUNK_ROWS = 512;
    private static final long BAND_BYTES = 128L << 20;

    private final Picture picture;
    private final IntConsumer rowsDone;
    private final int bandRows;
    private Pixels band;
    private int top;

    PictureRows(Picture picture, IntConsumer rowsDone) {
        this.picture = picture;
        this.rowsDone = rowsDone;
        this.bandRows = bandRows(3L * picture.width());
        this.band = read(0);
    }

    /** A power of two below a chunk's height where the picture is so wide that a row of chunks would not fit. */
    private static int bandRows(long bytesPerRow) {
        long budget = Math.min(BAND_BYTES, Runtime.getRuntime().maxMemory() / 8);
        int rows = CHUNK_ROWS;
        while (rows > 16 && rows * bytesPerRow > budget) rows /= 2;
        return rows;
    }

    int width() {
        return picture.width();
    }

    int height() {
        return picture.height();
    }

    /** Copies row {@code y}; rows are asked for in order. */
    void copy(int y, byte[] rgb) {
        if (y == top + band.height()) {
            rowsDone.accept(y);
            top = y;
            band = read(y);
        }
        System.arraycopy(band.rgb(), (y - top) * rgb.length, rgb, 0, rgb.length);
    }

    private Pixels read(int y) {
        return picture.read(new Region(0, y, picture.width(), Math.min(bandRows, picture.height() - y)));
    }
}
