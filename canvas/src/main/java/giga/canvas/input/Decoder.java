package giga.canvas.input;

/** Reads one open picture of one format; what it reads from stays open and owned by the caller. */
sealed interface Decoder permits RowDecoder, RegionDecoder {
    Header header();
}
