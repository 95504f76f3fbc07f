package giga.canvas.input;

import java.io.IOException;

/** A picture that can only be read from its top to its bottom. */
sealed interface RowDecoder extends Decoder permits PngDecoder, JpegDecoder, WebpDecoder, TiffDecoder {
    /**
     * Delivers every stored row once, from the top.
     *
     * @throws IOException or a RuntimeException when the data is damaged; what {@code rows} throws passes through
     */
    void decode(RowSink rows) throws IOException;

    /** Whether all of the picture may have to be in memory for that, where others need a band. */
    boolean holdsWhole();
}
