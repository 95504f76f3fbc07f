package giga.canvas.input;

import giga.canvas.Pixels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Pictures in folders as Python's zarr and libvips write them; tools/reference/stored_pictures.py tells how they were made. */
final class StoredPictures {
    private StoredPictures() {}

    /** Those whose names begin with one of {@code names}. */
    static void unpack(Path folder, String... names) throws IOException {
        try (InputStream in = StoredPictures.class.getResourceAsStream("/stored.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                String name = entry.getName();
                if (Stream.of(names).noneMatch(name::startsWith)) continue;
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
        }
    }

    /** What all but the grey, the transparent and the incomplete ones show. */
    static Pixels expected() {
        Pixels pixels = new Pixels(37, 29);
        for (int y = 0, i = 0; y < 29; y++)
            for (int x = 0; x < 37; x++) {
                pixels.rgb()[i++] = (byte) (7 * x + y);
                pixels.rgb()[i++] = (byte) (3 * y + 5 * x * y);
                pixels.rgb()[i++] = (byte) (11 * x - y);
            }
        return pixels;
    }

    static Stream<Path> in(Path folder) throws IOException {
        return Files.list(folder)
                .filter(path -> !path.getFileName().toString().endsWith("_files"))
                .sorted();
    }
}
