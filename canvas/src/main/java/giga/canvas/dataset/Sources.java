package giga.canvas.dataset;

import giga.canvas.PictureException;
import giga.canvas.store.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The pictures that are meant by files and folders of pictures. */
public final class Sources {
    private static final String SUFFIXES = "(?i)[^.].*\\.(png|jpe?g|tiff?|webp|dzi|zarr)";

    private Sources() {}

    /**
     * Files as they are named, folders as the pictures in them, sorted by name; each once.
     *
     * @throws PictureException when a folder holds none or cannot be listed
     */
    public static List<Path> of(List<Path> named) {
        Map<Path, Path> found = new LinkedHashMap<>();
        for (Path one : named)
            for (Path picture : isFolderOfPictures(one) ? inside(one) : List.of(one))
                found.putIfAbsent(picture.toAbsolutePath().normalize(), picture);
        return new ArrayList<>(found.values());
    }

    private static boolean isFolderOfPictures(Path folder) {
        return Files.isDirectory(folder)
                && Stream.of("zarr.json", ".zarray", ".zgroup").noneMatch(name -> Files.exists(folder.resolve(name)));
    }

    private static List<Path> inside(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> pictures = entries.filter(
                            entry -> entry.getFileName().toString().matches(SUFFIXES))
                    .sorted()
                    .toList();
            if (pictures.isEmpty())
                throw new PictureException(folder + ": there are no pictures in this folder. Name one that has some.");
            return pictures;
        } catch (IOException e) {
            throw new PictureException("%s: it cannot be listed (%s).".formatted(folder, Failures.reason(e)), e);
        }
    }
}
