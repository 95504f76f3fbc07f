package giga.canvas.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a picture's EXIF block (a small TIFF) tells here; a damaged block tells nothing.
 *
 * @param comment the user's comment, where A1111 puts what made the picture; never blank
 */
record Exif(Orientation orientation, OptionalDouble dpi, Optional<String> comment) {
    static final Exif NOTHING = new Exif(Orientation.UPRIGHT, OptionalDouble.empty(), Optional.empty());

    private static final int MAX_COMMENT = 1 << 20;

    static Exif parse(ByteBuffer block) {
        byte[] bytes = new byte[block.remaining()];
        block.duplicate().get(bytes);
        try {
            return of(TiffDirectory.read(FileBytes.of(bytes)));
        } catch (IOException | RuntimeException e) {
            return NOTHING;
        }
    }

    static Exif of(TiffDirectory directory) throws IOException {
        return new Exif(
                Orientation.ofExif(directory.number(TiffDirectory.ORIENTATION, 1)),
                resolution(directory),
                comment(directory));
    }

    /** A damaged comment leaves the rest of the block as it is. */
    private static Optional<String> comment(TiffDirectory directory) {
        try {
            Optional<TiffDirectory> exif = directory.directory(TiffDirectory.EXIF);
            if (exif.isEmpty()) return Optional.empty();
            return exif.get()
                    .bytes(UserComment.TAG, MAX_COMMENT)
                    .map(UserComment::decode)
                    .filter(text -> !text.isEmpty());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The comment as a text with a keyword. */
    Map<String, String> texts() {
        return comment.map(text -> Map.of(PictureInfo.PARAMETERS, text)).orElse(Map.of());
    }

    /** Metric resolutions come back as the round number of dots per inch they were made from. */
    static double hundredths(double dpi) {
        return Math.round(dpi * 100) / 100.0;
    }

    private static OptionalDouble resolution(TiffDirectory directory) throws IOException {
        double across = directory.rational(TiffDirectory.X_RESOLUTION);
        if (!(across > 0) || across > 1e6) return OptionalDouble.empty();
        return switch ((int) directory.number(TiffDirectory.RESOLUTION_UNIT, 2)) {
            case 2 -> OptionalDouble.of(hundredths(across));
            case 3 -> OptionalDouble.of(hundredths(across * 2.54));
            default -> OptionalDouble.empty();
        };
    }
}
