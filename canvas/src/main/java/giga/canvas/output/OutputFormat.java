package giga.canvas.output;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A file format that can be written, chosen by the suffix. */
enum OutputFormat {
    PNG("a PNG", Integer.MAX_VALUE, ".png"),
    TIFF("a TIFF", Integer.MAX_VALUE, ".tif", ".tiff"),
    JPEG("a JPEG", JpegEncoder.MAX_SIDE, ".jpg", ".jpeg"),
    DEEP_ZOOM("a deep zoom picture", Integer.MAX_VALUE, ".dzi"),
    ZARR("a Zarr picture", 1 << 20, ".zarr");

    /** All that may be named, for messages. */
    static final String SUFFIXES = ".png, .tif, .jpg, .dzi or .zarr";

    /** For messages, with its article. */
    final String title;

    /** Pixels a side at most. */
    final int maxSide;

    private final String[] suffixes;

    OutputFormat(String title, int maxSide, String... suffixes) {
        this.title = title;
        this.maxSide = maxSide;
        this.suffixes = suffixes;
    }

    static Optional<OutputFormat> of(Path file) {
        String name =
                file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        for (OutputFormat format : values())
            for (String suffix : format.suffixes)
                if (name.endsWith(suffix) && name.length() > suffix.length()) return Optional.of(format);
        return Optional.empty();
    }
}
