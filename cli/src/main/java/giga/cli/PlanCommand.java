package giga.cli;

import giga.canvas.Region;
import giga.redraw.JobException;
import giga.redraw.Plan;
import giga.redraw.Planner;
import giga.redraw.Request;
import giga.redraw.forecast.Estimate;
import giga.redraw.forecast.Trial;
import giga.redraw.job.RequestToml;
import giga.redraw.recipe.Recipe;
import giga.redraw.recipe.Recipes;
import giga.redraw.recipe.Setting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description = "Tells what a redraw would do and take: passes, tiles, UNet calls, time, memory, disk.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%n" + RedrawOptions.DEFAULTS + "%nExamples:%n",
        footer = {
            "  giga plan picture.png --passes 3",
            "  giga plan picture.png --passes 5 --quick --json",
            "  giga plan --recipe poster picture.png"
        })
final class PlanCommand implements Callable<Integer> {
    private static final Path PLANNED = Path.of("planned.png");
    private static final Set<String> OWN = Set.of("recipe", "quick", "json", "debug");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "IN", description = "The picture. Default: what the recipe says or makes.")
    private Optional<Path> input;

    @Option(
            names = "--recipe",
            paramLabel = "RECIPE",
            description = "Plan what 'giga run' would do with this recipe, preset or job; options given besides win.")
    private Optional<String> recipe;

    @Mixin
    private RedrawOptions options;

    @Option(names = "--quick", description = "Do not run the model to measure it; time and memory are left out.")
    private boolean quick;

    @Option(names = "--json", description = "The whole plan, with every tile's rectangles.")
    private boolean json;

    @Override
    public Integer call() {
        Region source = source();
        Request request = request(source);
        Plan plan = Planner.plan(request, source.width(), source.height());
        Optional<Trial> trial = quick ? Optional.empty() : Optional.of(Trial.of(request, plan));
        Estimate estimate = Estimate.of(plan, request, trial);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? estimate.json(plan) : estimate.text(plan));
        out.flush();
        return 0;
    }

    private Request request(Region source) {
        // A plan writes nothing, and reads only sizes.
        Path in = input.orElse(PLANNED);
        return recipe.map(name -> recipe(name, in, source)).orElseGet(() -> options.request(in, PLANNED, source));
    }

    private Request recipe(String name, Path in, Region source) {
        Optional<Path> decided = RecipeNames.decided(name);
        if (decided.isPresent()) return RequestToml.read(Recipes.text(decided.get()), name);
        return steps(name)
                .redraw(in, PLANNED, source)
                .orElseThrow(() -> new JobException(name + " has no [redraw]: there is nothing to plan"));
    }

    /** The picture's size, that of a recipe's picture, or of the one that it makes. */
    private Region source() {
        if (input.isPresent()) return PictureSize.of(input.get());
        String name = recipe.orElseThrow(() -> new ParameterException(spec.commandLine(), "say which picture: IN"));
        Optional<Path> decided = RecipeNames.decided(name);
        if (decided.isPresent())
            return PictureSize.of(
                    Path.of(RequestToml.read(Recipes.text(decided.get()), name).input()));
        RecipeSteps steps = steps(name);
        return steps.input()
                .map(PictureSize::of)
                .or(() -> steps.base(PLANNED).map(made -> new Region(0, 0, made.finalWidth(), made.finalHeight())))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "say which picture: IN, or input = \"...\" in the recipe"));
    }

    /** Options of the command line are changes to the recipe. */
    private RecipeSteps steps(String name) {
        Recipe asked = Recipes.open(name);
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            String key = option.longestName().substring(2);
            if (OWN.contains(key)) continue;
            asked = asked.with(
                    new Setting(key, option.originalStringValues(), new Setting.Place("the command line", 0)));
        }
        return new RecipeSteps(asked);
    }
}
