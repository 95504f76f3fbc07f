package giga.diffusion.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds model files in a folder and the folders below it, links followed. What cannot be read and links that lead in
 * circles are passed over.
 */
final class ModelFiles extends SimpleFileVisitor<Path> {
    private static final int DEEPEST = 8;
    private static final int MOST = 100_000;
    /** A VAE that lies beside its checkpoint, as A1111 has it. */
    private static final String BESIDE = ".vae";

    private final Shelf shelf;
    private final List<Path> found = new ArrayList<>();
    private final Path top;
    private int seen;

    private ModelFiles(Shelf shelf, Path top) {
        this.shelf = shelf;
        this.top = top;
    }

    /** In the order of their names, those of a folder before those of the folders in it. */
    static List<Path> below(Path folder, Shelf shelf) {
        ModelFiles files = new ModelFiles(shelf, folder);
        try {
            Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.found.sort(Comparator.comparingInt(Path::getNameCount).thenComparing(Path::compareTo));
        return files.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (folder.equals(top)) return FileVisitResult.CONTINUE;
        if (folder.getFileName().toString().startsWith(".")) return FileVisitResult.SKIP_SUBTREE;
        if (shelf.folderMark().isEmpty() || !Files.exists(folder.resolve(shelf.folderMark())))
            return FileVisitResult.CONTINUE;
        found.add(folder);
        return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && isModel(file.getFileName().toString())) found.add(file);
        return ++seen < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
        return FileVisitResult.CONTINUE;
    }

    private boolean isModel(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        boolean beside = shelf.suffixes().stream().anyMatch(suffix -> name.endsWith(BESIDE + suffix));
        return shelf.suffixes().stream().anyMatch(name::endsWith)
                && !name.startsWith(".")
                && !(shelf == Shelf.CHECKPOINT && beside);
    }
}
