package giga.canvas.input;

/** Takes a picture row by row from the top. */
interface RowSink {
    /** The next row, 3 bytes a pixel (R, G, B), starting at {@code offset}; the array may be reused after the call. */
    void row(byte[] rgb, int offset);
}
