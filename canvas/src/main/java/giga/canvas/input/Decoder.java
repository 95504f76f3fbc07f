package giga.canvas.input;

import java.io.IOException;

/** Reads one open file of one format; the file stays open and owned by the caller. */
sealed interface Decoder permits PngDecoder, JpegDecoder, WebpDecoder, TiffDecoder {
    Header header();

    /**
     * Delivers every stored row once, from the top.
     *
     * @throws IOException or a RuntimeException when the data is damaged; what {@code rows} throws passes through
     */
    void decode(RowSink rows) throws IOException;
}
