package giga.cli;

import giga.redraw.job.Job;
import giga.redraw.job.RequestToml;
import giga.redraw.recipe.Recipes;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** What the name of a recipe may stand for. */
final class RecipeNames {
    private RecipeNames() {}

    /** The file of a recipe in which nothing is left open: that of a job, by its folder or by itself. */
    static Optional<Path> decided(String name) {
        if (Recipes.PRESETS.contains(name)) return Optional.empty();
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path) && Job.isAt(path)) return Optional.of(path.resolve("recipe.toml"));
            return Optional.of(path)
                    .filter(Files::isRegularFile)
                    .filter(file -> RequestToml.isMeantBy(Recipes.text(file)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
