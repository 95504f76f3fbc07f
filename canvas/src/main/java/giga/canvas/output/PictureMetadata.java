package giga.canvas.output;

import giga.canvas.input.PictureInfo;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What goes into a picture file beside the pixels, and how they are packed.
 *
 * @param icc the profile the RGB samples are meant in; without one they are sRGB
 * @param dpi dots per inch, both ways
 * @param text by keyword (1 to 79 Latin-1 characters, {@value giga.canvas.input.PictureInfo#PARAMETERS} for what made the picture); a JPEG
 *     takes that one alone, as EXIF's comment
 * @param compression of a TIFF; other formats have but one
 */
public record PictureMetadata(
        Optional<byte[]> icc, OptionalDouble dpi, Map<String, String> text, TiffCompression compression) {
    public static final PictureMetadata NONE = new PictureMetadata(Optional.empty(), OptionalDouble.empty());

    public PictureMetadata {
        text = Map.copyOf(text);
        Objects.requireNonNull(compression);
        if (dpi.isPresent() && !(dpi.getAsDouble() >= 1 && dpi.getAsDouble() <= 65535))
            throw new IllegalArgumentException(dpi.getAsDouble() + " dpi, not 1 to 65535");
        for (String keyword : text.keySet())
            if (keyword.isEmpty() || keyword.length() > 79 || !keyword.chars().allMatch(c -> c >= 32 && c < 127))
                throw new IllegalArgumentException("keyword '" + keyword + "' is not 1 to 79 plain characters");
    }

    public PictureMetadata(Optional<byte[]> icc, OptionalDouble dpi, Map<String, String> text) {
        this(icc, dpi, text, TiffCompression.DEFLATE);
    }

    /** What of a picture holds for another made of its pixels: its colours and how large they are to be printed. */
    public static PictureMetadata like(PictureInfo picture) {
        double dpi = picture.dpi().orElse(0);
        return new PictureMetadata(
                picture.icc(), dpi >= 1 && dpi <= 65535 ? OptionalDouble.of(dpi) : OptionalDouble.empty());
    }

    /** The same, with a TIFF packed otherwise. */
    public PictureMetadata compressed(TiffCompression tiff) {
        return new PictureMetadata(icc, dpi, text, tiff);
    }

    public PictureMetadata(Optional<byte[]> icc, OptionalDouble dpi) {
        this(icc, dpi, Map.of());
    }
}
