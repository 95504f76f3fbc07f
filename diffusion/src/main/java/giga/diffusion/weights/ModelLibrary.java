package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where models lie: those that come with giga, and those of a home folder laid out as A1111's ({@code
 * models/Stable-diffusion}, with sub-folders).
 *
 * @param embedded folder of the models that come with giga
 * @param home the user's folder; need not exist
 */
public record ModelLibrary(Path embedded, Path home) {
    private static final String CHECKPOINTS = "models/Stable-diffusion";
    private static final int DEEPEST_FOLDER = 4;

    /** A model by its path, or by its name: file name with or without {@code .safetensors}, or folder name. */
    public Path find(String nameOrPath) {
        Optional<Path> path = existing(nameOrPath);
        if (path.isPresent()) return path.get();
        List<Path> known = list();
        for (Path model : known) if (name(model).equalsIgnoreCase(stripped(nameOrPath))) return model;
        throw new ModelException("there is no model '" + nameOrPath + "', neither as a path nor in "
                + home.resolve(CHECKPOINTS) + "; known are: "
                + String.join(", ", known.stream().map(ModelLibrary::name).toList()));
    }

    /** Every checkpoint and diffusers folder, the embedded ones first, then by name. */
    public List<Path> list() {
        List<Path> models = new ArrayList<>(modelsBelow(embedded));
        models.addAll(modelsBelow(home.resolve(CHECKPOINTS)));
        return List.copyOf(models);
    }

    /** The name a model is called by. */
    public static String name(Path model) {
        return stripped(model.getFileName().toString());
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

    private static List<Path> modelsBelow(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.walk(folder, DEEPEST_FOLDER)) {
            return files.filter(ModelLibrary::isModel).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isModel(Path path) {
        if (Files.isDirectory(path)) return Files.exists(path.resolve("model_index.json"));
        boolean partOfAFolder = path.getParent() != null
                && path.getParent().getParent() != null
                && Files.exists(path.getParent().getParent().resolve("model_index.json"));
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors") && !partOfAFolder;
    }

    private static String stripped(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        return lower.endsWith(".safetensors")
                ? fileName.substring(0, fileName.length() - ".safetensors".length())
                : fileName;
    }
}
