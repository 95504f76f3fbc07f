package giga.redraw.recipe;

import giga.redraw.JobException;
import giga.redraw.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Recipes by name and by file. */
public final class Recipes {
    /** Those that giga brings along, in the order in which they are shown. */
    public static final List<String> PRESETS =
            List.of("sheet", "poster", "classic", "painting", "wall", "build-from-noise", "quick");

    private static final int LONGEST = 1 << 20;

    private Recipes() {}

    /**
     * A recipe of giga's own, or one in a file.
     *
     * @throws JobException when there is none of this name, or it is none
     */
    public static Recipe open(String nameOrFile) {
        if (PRESETS.contains(nameOrFile)) return preset(nameOrFile);
        Path file = file(nameOrFile)
                .orElseThrow(
                        () -> new JobException("there is no recipe '%s'%s; give a file, a finished job, or one of %s"
                                .formatted(
                                        nameOrFile,
                                        Spelling.suggestion(nameOrFile, PRESETS),
                                        String.join(", ", PRESETS))));
        return read(text(file), file);
    }

    private static Recipe preset(String name) {
        return Toml.read(presetText(name), name, Optional.empty());
    }

    /** A recipe's text, which lies in this file or would. */
    public static Recipe read(String text, Path file) {
        return Toml.read(
                text, file.toString(), Optional.ofNullable(file.toAbsolutePath().getParent()));
    }

    /** The text of one of the {@link #PRESETS}. */
    public static String presetText(String name) {
        try (InputStream in = Recipes.class.getResourceAsStream(name + ".toml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> file(String name) {
        try {
            return Optional.of(Path.of(name)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** @throws JobException when the file cannot be read as a text */
    public static String text(Path file) {
        try {
            if (Files.size(file) > LONGEST)
                throw new JobException(file + " is too large for a recipe; give a TOML file of a few lines");
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new JobException(file + " is no text in UTF-8; save it as such", e);
        } catch (IOException e) {
            throw new JobException(file + " cannot be read: " + giga.canvas.store.Failures.reason(e), e);
        }
    }
}
