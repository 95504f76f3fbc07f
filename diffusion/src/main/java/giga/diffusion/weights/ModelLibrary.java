package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.Spelling;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where models lie: those that come with giga, and those of a home folder laid out as A1111's ({@code
 * models/Stable-diffusion}, {@code models/Lora}, {@code embeddings}, …) or ComfyUI's ({@code models/checkpoints}, {@code
 * models/loras}, …), with sub-folders. The home may also be the {@code models} folder itself.
 *
 * @param embedded folder of the checkpoints that come with giga
 * @param home the user's folder; need not exist
 */
public record ModelLibrary(Path embedded, Path home) {
    private static final int SUGGESTIONS = 3;
    private static final int LONGEST = 100;
    private static final String HASH = "\\s*\\[[0-9a-fA-F]{6,64}]$";

    /** A checkpoint by its path or name. */
    public Path find(String nameOrPath) {
        return find(Shelf.CHECKPOINT, nameOrPath);
    }

    /**
     * A model by its path or by its name: that of its file or folder, with or without sub-folders before it, a suffix
     * ({@code .safetensors}) or A1111's hash ({@code name [6ce0161689]}) behind it, in any case of letters. A LoRA also
     * by the name that its maker gave it.
     *
     * @return absolute
     * @throws ModelException that suggests the nearest names
     */
    public Path find(Shelf shelf, String nameOrPath) {
        Optional<Path> path = existing(nameOrPath);
        if (path.filter(found -> isModel(shelf, found)).isPresent()) return path.get();
        List<Entry> known = entries(shelf);
        String wanted = nameOrPath.strip().replaceFirst(HASH, "").replace('\\', '/');
        return Stream.<Predicate<Entry>>of(
                        entry -> entry.isCalled(wanted, String::equals),
                        entry -> entry.isCalled(wanted, String::equalsIgnoreCase),
                        entry -> shelf == Shelf.LORA && entry.makerCallsIt(wanted))
                .flatMap(matches -> known.stream().filter(matches))
                .map(Entry::path)
                .findFirst()
                .or(() -> path)
                .orElseThrow(() -> unknown(shelf, nameOrPath, known));
    }

    /** Every checkpoint and diffusers folder, the embedded ones first. */
    public List<Path> list() {
        return list(Shelf.CHECKPOINT);
    }

    public List<Path> list(Shelf shelf) {
        return entries(shelf).stream().map(Entry::path).toList();
    }

    /** The home's folders for a kind of model, as far as they exist. */
    public List<Path> folders(Shelf shelf) {
        List<Path> folders = new ArrayList<>();
        for (Path parent : List.of(home.resolve("models"), home))
            for (String name : shelf.folders()) folders.addAll(children(parent, name));
        return folders;
    }

    /** The name a model is called by. */
    public static String name(Path model) {
        return stripped(model.getFileName().toString());
    }

    private List<Entry> entries(Shelf shelf) {
        List<Entry> entries = new ArrayList<>();
        List<Path> folders = new ArrayList<>(folders(shelf));
        if (shelf == Shelf.CHECKPOINT) folders.addFirst(embedded);
        for (Path folder : folders)
            if (Files.isDirectory(folder))
                for (Path path : ModelFiles.below(folder, shelf)) entries.add(new Entry(folder, path));
        if (shelf == Shelf.VAE) entries.addAll(besideCheckpoints());
        return entries;
    }

    /** VAEs among the checkpoints, named after the one that they belong to. */
    private List<Entry> besideCheckpoints() {
        return folders(Shelf.CHECKPOINT).stream()
                .flatMap(folder -> ModelFiles.below(folder, Shelf.VAE).stream().map(path -> new Entry(folder, path)))
                .filter(entry -> name(entry.path()).toLowerCase(Locale.ROOT).endsWith(".vae"))
                .toList();
    }

    /** Folders of this name in any case of letters, of which a file system may tell several apart. */
    private static List<Path> children(Path parent, String name) {
        if (!Files.isDirectory(parent)) return List.of();
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent)) {
            for (Path child : all)
                if (child.getFileName().toString().equalsIgnoreCase(name) && Files.isDirectory(child))
                    children.add(child);
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that may not be read has no models for us.
            return List.of();
        }
        children.sort(null);
        return children;
    }

    /** @param folder in which it was found, at whatever depth */
    private record Entry(Path folder, Path path) {
        boolean isCalled(String wanted, BiPredicate<String, String> same) {
            String below = folder.relativize(path).toString().replace('\\', '/');
            String file = path.getFileName().toString();
            return Stream.of(below, stripped(below), file, stripped(file)).anyMatch(name -> same.test(name, wanted));
        }

        boolean makerCallsIt(String wanted) {
            try (TensorFile file = TensorFile.open(path)) {
                return wanted.equalsIgnoreCase(file.metadata().get("ss_output_name"));
            } catch (ModelException e) {
                return false;
            }
        }
    }

    private ModelException unknown(Shelf shelf, String name, List<Entry> known) {
        String places = shelf == Shelf.CHECKPOINT || !folders(shelf).isEmpty()
                ? "below " + home
                : "below " + home + ", which has no folder models/"
                        + shelf.folders().getFirst();
        List<String> names = known.stream().map(entry -> name(entry.path())).toList();
        List<String> nearest = Spelling.nearest(name.strip(), names, SUGGESTIONS);
        return new ModelException("there is no %s '%s', neither as a path nor %s; %s"
                .formatted(
                        shelf.title(),
                        name.substring(0, Math.min(LONGEST, name.length())),
                        places,
                        nearest.isEmpty()
                                ? "put its file there or give its path"
                                : "did you mean " + String.join(", ", nearest) + "?"));
    }

    /** Folders of other things often have the names of models. */
    private static boolean isModel(Shelf shelf, Path path) {
        return !Files.isDirectory(path)
                || !shelf.folderMark().isEmpty() && Files.exists(path.resolve(shelf.folderMark()));
    }

    private static Optional<Path> existing(String path) {
        try {
            Path model = Path.of(path);
            return !path.isBlank() && Files.exists(model)
                    ? Optional.of(model.toAbsolutePath().normalize())
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String stripped(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        return Stream.of(".safetensors", ".ckpt", ".pth", ".pt", ".bin", ".param")
                .filter(suffix -> lower.endsWith(suffix) && lower.length() > suffix.length())
                .findFirst()
                .map(suffix -> fileName.substring(0, fileName.length() - suffix.length()))
                .orElse(fileName);
    }
}
