package giga.cli;

import giga.canvas.Region;
import giga.canvas.store.AtomicFiles;
import giga.canvas.store.Failures;
import giga.redraw.JobException;
import giga.redraw.Plan;
import giga.redraw.Planner;
import giga.redraw.Request;
import giga.redraw.job.RequestToml;
import giga.redraw.recipe.Recipes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "recipe",
        description = "Shows the recipes there are, makes new ones, and checks them.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga recipe                                 the presets",
            "  giga recipe show poster",
            "  giga recipe new mine.toml --from poster     a file of your own, to be edited",
            "  giga recipe check mine.toml --input picture.jpg"
        })
final class RecipeCommand implements Runnable {
    private static final String FORMAT = "%-18s%s%n";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        for (String name : Recipes.PRESETS)
            out.printf(FORMAT, name, Recipes.open(name).title());
        out.flush();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Prints a recipe: a preset's, a file's, or that of a job, in which nothing is left open.")
    int show(@Parameters(paramLabel = "RECIPE") String recipe) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text(recipe));
        out.flush();
        return 0;
    }

    private static String text(String name) {
        if (Recipes.PRESETS.contains(name)) return Recipes.presetText(name);
        Optional<Path> decided = RecipeNames.decided(name);
        if (decided.isPresent()) return Recipes.text(decided.get());
        // What is no recipe is refused before it is shown as one.
        Recipes.open(name);
        return Recipes.text(Path.of(name));
    }

    @Command(name = "new", mixinStandardHelpOptions = true, description = "Writes a recipe's file, to be edited.")
    int begin(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = "--from",
                            paramLabel = "RECIPE",
                            description = "What it begins with. [poster]",
                            defaultValue = "poster")
                    String from) {
        if (Files.exists(file)) throw new JobException(file + " exists; give another name");
        try {
            AtomicFiles.write(file.toAbsolutePath(), ByteBuffer.wrap(text(from).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new JobException(
                    "%s cannot be written: %s; choose another place".formatted(file, Failures.reason(e)), e);
        }
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Reads a recipe and tells what it comes to, or what is wrong with it.")
    int check(
            @Parameters(paramLabel = "RECIPE") String recipe,
            @Option(names = "--input", paramLabel = "IN", description = "The picture. Default: what the recipe says.")
                    Optional<Path> input) {
        PrintWriter out = spec.commandLine().getOut();
        Optional<Path> decided = RecipeNames.decided(recipe);
        if (decided.isPresent()) {
            Request request = RequestToml.read(Recipes.text(decided.get()), recipe);
            tell(out, request, Path.of(request.input()));
        } else {
            RecipeSteps steps = new RecipeSteps(Recipes.open(recipe));
            steps.check();
            Path planned = Path.of("planned.png");
            input.or(steps::input)
                    .ifPresent(in ->
                            steps.redraw(in, planned, PictureSize.of(in)).ifPresent(request -> tell(out, request, in)));
        }
        out.println(recipe + " is a recipe that can be run");
        out.flush();
        return 0;
    }

    private static void tell(PrintWriter out, Request request, Path input) {
        Region source = PictureSize.of(input);
        Plan plan = Planner.plan(request, source.width(), source.height());
        Region result = request.result().size(plan.canvas());
        out.println("%dx%d -> %dx%d: %s, %s"
                .formatted(
                        source.width(),
                        source.height(),
                        result.width(),
                        result.height(),
                        Describe.count(plan.tileCount(), "tile"),
                        Describe.count(request.unetCalls(plan), "UNet call")));
    }
}
