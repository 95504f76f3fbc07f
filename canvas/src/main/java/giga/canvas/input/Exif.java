package giga.canvas.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalDouble;

/** The two things a picture's EXIF block (a small TIFF) tells about how it is to be seen; a damaged block tells nothing. */
record Exif(Orientation orientation, OptionalDouble dpi) {
    static final Exif NOTHING = new Exif(Orientation.UPRIGHT, OptionalDouble.empty());

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
        return new Exif(Orientation.ofExif(directory.number(TiffDirectory.ORIENTATION, 1)), resolution(directory));
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
