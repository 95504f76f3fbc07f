package giga.canvas.output;

import java.util.Locale;

/** How the tiles of a TIFF are compressed; always without loss. */
public enum TiffCompression {
    /** As small as PNG, and quick; read by nearly all programs of today. */
    DEFLATE(8, 2, 1),
    /** For programs that know nothing newer than TIFF 6.0: larger, and larger than nothing where a picture has grain. */
    LZW(5, 2, 1.5),
    /** For what reads fastest, or is compressed by the disk itself. */
    NONE(1, 1, 1);

    /** Its number in the field Compression. */
    final int code;

    /** The field Predictor: 2 for differences along a row. */
    final int predictor;

    /** How many bytes a byte may become. */
    final double worst;

    TiffCompression(int code, int predictor, double worst) {
        this.code = code;
        this.predictor = predictor;
        this.worst = worst;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
