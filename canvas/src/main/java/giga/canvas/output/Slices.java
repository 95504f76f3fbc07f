package giga.canvas.output;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.io.IOException;
import java.util.function.IntConsumer;

/**
 * The rows of a picture from the top, encoded slice by slice on several threads. The picture is read in bands as high as
 * the chunks of a stored one, each chunk once; a slice is a part of a band.
 */
final class Slices {
    private static final int CHUNK_ROWS = 512;
    private static final long BAND_BYTES = 64L << 20;

    /** Encodes rows {@code top} to {@code bottom} of a band; called on several threads. */
    interface Encoder<T> {
        T encode(Pixels band, int top, int bottom) throws IOException;
    }

    private record Encoded<T>(T slice, int rowsDone) {}

    private Slices() {}

    /**
     * @param rows of a slice, a power of two; the last one of the picture may be lower
     * @param taker given the slices from the top
     * @param rowsDone called after each band with the count of rows taken
     */
    static <T> void run(Picture picture, int rows, Encoder<T> encoder, InOrder.Taker<T> taker, IntConsumer rowsDone)
            throws IOException {
        int bandRows = Math.max(rows, bandRows(3L * picture.width()));
        try (InOrder<Encoded<T>> work = new InOrder<>(encoded -> {
            taker.take(encoded.slice());
            if (encoded.rowsDone() > 0) rowsDone.accept(encoded.rowsDone());
        })) {
            for (int y = 0; y < picture.height(); y += bandRows) {
                int height = Math.min(bandRows, picture.height() - y);
                Pixels band = picture.read(new Region(0, y, picture.width(), height));
                for (int top = 0; top < height; top += rows) {
                    int first = top;
                    int bottom = Math.min(top + rows, height);
                    int done = bottom == height ? y + height : 0;
                    work.submit(() -> new Encoded<>(encoder.encode(band, first, bottom), done));
                }
            }
            work.finish();
        }
    }

    /** Lower than a chunk where the picture is so wide that a row of chunks would take too much memory. */
    private static int bandRows(long bytesPerRow) {
        long budget = Math.min(BAND_BYTES, Runtime.getRuntime().maxMemory() / 16);
        int rows = CHUNK_ROWS;
        while (rows > 16 && rows * bytesPerRow > budget) rows /= 2;
        return rows;
    }
}
