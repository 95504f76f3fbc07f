package giga.cli;

import giga.canvas.Region;
import giga.redraw.JobException;
import giga.redraw.Request;
import giga.redraw.Result;
import giga.redraw.generate.Generation;
import giga.redraw.job.RequestToml;
import giga.redraw.recipe.Recipe;
import giga.redraw.recipe.Recipes;
import giga.redraw.run.EndingRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Does what a recipe says, from the first picture to the last file.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga run poster --input picture.jpg -o poster.tif --set model=sd15 \\",
            "      --set prompt=\"an old harbour\"",
            "  giga run mine.toml",
            "  giga run mine.toml --set denoise=0.3 --set pass.2.tile=1024 -o other.tif",
            "  giga run poster.tif.job -o again.tif     what a job did, to the same bytes",
            "",
            "'giga recipe' shows recipes and makes new ones."
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RECIPE", description = "A recipe's file, a preset, or a job.")
    private String name;

    @Option(names = "--input", paramLabel = "IN", description = "The picture. Default: what the recipe says.")
    private Optional<Path> input;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The result; its suffix chooses the format. Default: what the recipe says.")
    private Optional<Path> output;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change or add a setting: denoise=0.3 (of the redraw), finish.grain=2, pass.2.prompt=...;"
                    + " may be given several times.")
    private List<String> changes = List.of();

    @Option(names = "--job", paramLabel = "DIR", description = "Where the job is kept. Default: OUT.job.")
    private Optional<Path> jobFolder;

    @Option(names = "--force", description = "Replace what stands in the way of an earlier run.")
    private boolean force;

    @Option(names = "--keep", description = "Keep all states of the picture and all tiles in the job's folder.")
    private boolean keep;

    @Mixin
    private RunOutput runOutput;

    @Override
    public Integer call() {
        Optional<Path> decided = RecipeNames.decided(name);
        return decided.isPresent() ? again(decided.get()) : begin();
    }

    /** Nothing is left open in a job's recipe but where its result goes. */
    private int again(Path file) {
        if (!changes.isEmpty())
            throw new ParameterException(
                    spec.commandLine(),
                    "--set is for recipes that leave something open; in that of a job all is decided, change it there");
        Request before = RequestToml.read(Recipes.text(file), file.toString());
        Path in = input.map(Path::toAbsolutePath).orElse(Path.of(before.input()));
        Path out = output.map(Path::toAbsolutePath).orElse(Path.of(before.output()));
        Result result = before.result().besides(Path.of(before.output()), out);
        return redraw(new Request(in.toString(), out.toString(), result, before.passes()), terminal());
    }

    private int begin() {
        RecipeSteps steps = new RecipeSteps(recipe());
        Path out = output.or(steps::output).orElseThrow(() -> missing("where the result goes", "-o OUT", "output"));
        Terminal terminal = terminal();
        BaseRun making = new BaseRun(out, force, Giga.reported(spec));
        Optional<Path> given = input.or(steps::input);
        Optional<Generation> base = given.isPresent() ? Optional.empty() : steps.base(making.file());
        Path in = given.or(() -> base.map(_ -> making.file()))
                .orElseThrow(() -> missing("which picture", "--input IN", "input"));
        // What cannot be done later is refused before anything is done.
        Region size = base.map(picture -> new Region(0, 0, picture.finalWidth(), picture.finalHeight()))
                .orElseGet(() -> PictureSize.of(in));
        Optional<Request> request = steps.redraw(in, out, size);
        base.ifPresent(generation -> making.make(generation, terminal));
        if (request.isPresent()) return redraw(request.get(), terminal);
        Result ending = steps.ending(Result.PLAIN, out);
        return Making.run(spec, terminal, work -> made(new EndingRun(in, out, ending, force, work).run(), terminal));
    }

    private static Making.Made made(EndingRun.Ended ended, Terminal terminal) {
        terminal.close();
        ended.words().forEach(terminal::say);
        List<Path> files = ended.files();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("outputs", files.stream().map(Path::toString).toList());
        fields.put("width", ended.size().width());
        fields.put("height", ended.size().height());
        String others = files.size() == 1 ? "" : " and " + Describe.count(files.size() - 1, "other file");
        String line = "%s %dx%d%s"
                .formatted(
                        files.getFirst().getFileName(),
                        ended.size().width(),
                        ended.size().height(),
                        others);
        return new Making.Made(line, ended.size().area(), fields);
    }

    private Recipe recipe() {
        Recipe recipe = Recipes.open(name);
        for (String change : changes) recipe = changed(recipe, change);
        return recipe;
    }

    private Recipe changed(Recipe recipe, String change) {
        try {
            return recipe.with(change);
        } catch (JobException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ParameterException missing(String what, String option, String key) {
        return new ParameterException(
                spec.commandLine(), "say %s: %s, or %s = \"...\" in the recipe".formatted(what, option, key));
    }

    private int redraw(Request request, Terminal terminal) {
        Path folder = jobFolder.orElseGet(() -> JobFolders.beside(Path.of(request.output())));
        return new NewRedraw(request, folder, force, keep, Giga.reported(spec)).run(terminal);
    }

    private Terminal terminal() {
        return runOutput.terminal(spec);
    }
}
