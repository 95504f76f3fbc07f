package giga.canvas.output;

import giga.canvas.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.IntConsumer;

/** Pictures as {@link PictureWriter} makes JPEG files of them, for memory. */
public final class EncodedPicture {
    private EncodedPicture() {}

    /** A small picture as JPEG of quality 95 with full chroma. */
    public static byte[] jpeg(Picture picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        encode(picture, bytes, _ -> {});
        return bytes.toByteArray();
    }

    /**
     * How many bytes the picture would take as JPEG of quality 95 with full chroma; keeps none of them.
     *
     * @param picture of at most 65535 pixels a side
     * @param rowsDone called after each band with the count of rows read; may throw to stop
     */
    public static long jpegLength(Picture picture, IntConsumer rowsDone) {
        Counter counter = new Counter();
        encode(picture, counter, rowsDone);
        return counter.bytes;
    }

    private static void encode(Picture picture, OutputStream out, IntConsumer rowsDone) {
        try {
            JpegEncoder.write(picture, out, PictureMetadata.NONE, rowsDone);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes += length;
        }
    }
}
