package giga.cli;

import giga.canvas.Region;
import giga.redraw.JobException;
import giga.redraw.Request;
import giga.redraw.Result;
import giga.redraw.generate.Generation;
import giga.redraw.recipe.Recipe;
import giga.redraw.recipe.Section;
import giga.redraw.recipe.Setting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the steps of a recipe come to. */
final class RecipeSteps {
    /** What one redraw has but once. */
    private static final Set<String> OF_ALL_PASSES =
            Set.of("for", "passes", "seed", "noise", "compression", "like", "home", "device");

    /** A base is made by the model that goes on with it, and shows what that draws, unless it is said otherwise. */
    private static final Set<String> OF_BASE_AND_REDRAW = Set.of(
            "model",
            "vae",
            "prediction",
            "prompt",
            "negative",
            "style",
            "clip-skip",
            "emphasis",
            "home",
            "device",
            "precision");

    private final Recipe recipe;

    /** @throws JobException when the recipe has no step */
    RecipeSteps(Recipe recipe) {
        this.recipe = recipe.sharing(Section.Kind.GENERATE, Section.Kind.REDRAW, OF_BASE_AND_REDRAW);
        if (recipe.sections().isEmpty())
            throw new JobException("the recipe has no steps; write [redraw], or another step, and settings below it");
        for (Section pass : recipe.passes()) for (Setting setting : pass.settings()) refuseOfAllPasses(setting);
    }

    private static void refuseOfAllPasses(Setting setting) {
        if (OF_ALL_PASSES.contains(setting.key()))
            throw setting.from().refuse("%s is the same for all passes; write it in [redraw]".formatted(setting.key()));
    }

    /** The picture that the recipe begins with, where it names one. */
    Optional<Path> input() {
        return recipe.input().map(this::path);
    }

    /** Where the result goes, where the recipe says so. */
    Optional<Path> output() {
        return recipe.output().map(this::path);
    }

    private Path path(Setting setting) {
        try {
            Path path = Path.of(setting.values().getFirst());
            return setting.from().line() == 0
                    ? path
                    : recipe.folder().map(folder -> folder.resolve(path)).orElse(path);
        } catch (InvalidPathException e) {
            throw setting.from().refuse("%s cannot be a path: %s".formatted(setting.key(), e.getReason()));
        }
    }

    /** The picture that is made where none is given. */
    Optional<Generation> base(Path file) {
        return reader(Section.Kind.GENERATE).map(reader -> {
            GenerateOptions options = reader.read(new GenerateOptions());
            return reader.located(() -> options.generation(file));
        });
    }

    /** @param source size of the picture */
    Optional<Request> redraw(Path input, Path output, Region source) {
        return reader(Section.Kind.REDRAW).map(reader -> {
            RedrawOptions usual = reader.read(new RedrawOptions());
            Map<Integer, RedrawOptions> own = new HashMap<>();
            for (int pass = 1; pass <= recipe.passes().size(); pass++)
                own.put(pass, new SectionReader(recipe.pass(pass), recipe.folder()).read(new RedrawOptions()));
            Request request =
                    reader.located(() -> usual.request(input, output, source, pass -> own.getOrDefault(pass, usual)));
            int count = request.passes().size();
            if (recipe.passes().size() > count)
                throw recipe.passes()
                        .get(count)
                        .from()
                        .refuse("this would be pass %d, and the redraw has %s; leave it out, or say passes = %1$d"
                                .formatted(count + 1, count == 1 ? "1 pass" : count + " passes"));
            return request.with(ending(request.result(), output));
        });
    }

    /** Reads all settings, whether there is a picture yet or not. */
    void check() {
        base(Path.of("base.png"));
        reader(Section.Kind.REDRAW).ifPresent(reader -> reader.read(new RedrawOptions()));
        for (int pass = 1; pass <= recipe.passes().size(); pass++)
            new SectionReader(recipe.pass(pass), recipe.folder()).read(new RedrawOptions());
        ending(Result.PLAIN, Path.of("planned.png"));
    }

    /** What is done at the end. */
    Result ending(Result result, Path output) {
        Result whole = result;
        for (SectionReader reader : reader(Section.Kind.FINISH).stream().toList())
            whole = whole.finished(reader.located(
                    () -> reader.read(new FinishOptions()).finish().absolute()));
        for (SectionReader reader : reader(Section.Kind.SPLIT).stream().toList())
            whole = whole.cut(reader.located(
                    () -> reader.read(new SplitOptions()).cut().stream().toList()));
        for (SectionReader reader : reader(Section.Kind.PRINT).stream().toList())
            whole = whole.printed(
                    List.of(reader.located(() -> reader.read(new SheetOptions()).sheet(output))));
        return whole;
    }

    private Optional<SectionReader> reader(Section.Kind kind) {
        return recipe.section(kind).map(section -> new SectionReader(section, recipe.folder()));
    }
}
