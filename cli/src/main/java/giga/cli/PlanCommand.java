package giga.cli;

import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import giga.redraw.Plan;
import giga.redraw.Planner;
import giga.redraw.Request;
import giga.redraw.forecast.Estimate;
import giga.redraw.forecast.Trial;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description = "Tells what a redraw would do and take: passes, tiles, UNet calls, time, memory, disk.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%n" + RedrawOptions.DEFAULTS + "%nExamples:%n",
        footer = {"  giga plan picture.png --passes 3", "  giga plan picture.png --passes 5 --quick --json"})
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "IN", description = "The picture.")
    private Path input;

    @Mixin
    private RedrawOptions options;

    @Option(names = "--quick", description = "Do not run the model to measure it; time and memory are left out.")
    private boolean quick;

    @Option(names = "--json", description = "The whole plan, with every tile's rectangles.")
    private boolean json;

    @Override
    public Integer call() {
        // A plan writes nothing, but a request is only complete with an output.
        Request request = options.request(input, Path.of("planned.png"));
        Plan plan = Planner.plan(request, picture().width(), picture().height());
        Optional<Trial> trial = quick ? Optional.empty() : Optional.of(Trial.of(request, plan));
        Estimate estimate = Estimate.of(plan, request, trial);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? estimate.json(plan) : estimate.text(plan));
        out.flush();
        return 0;
    }

    private PictureInfo picture() {
        try (PictureFile file = PictureFile.open(input)) {
            return file.info();
        }
    }
}
