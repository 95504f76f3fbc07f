package giga.cli;

import giga.canvas.output.TiffCompression;
import picocli.CommandLine.Option;

/** How results are written that are TIFFs. */
final class TiffOptions {
    @Option(
            names = "--compression",
            paramLabel = "deflate|lzw|none",
            description =
                    "How a TIFF is packed: deflate is the smallest, lzw for older programs, none the fastest. [deflate]")
    private TiffCompression compression = TiffCompression.DEFLATE;

    TiffCompression compression() {
        return compression;
    }
}
