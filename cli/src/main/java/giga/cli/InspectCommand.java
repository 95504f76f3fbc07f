package giga.cli;

import giga.redraw.JobException;
import giga.redraw.inspect.Inspection;
import giga.redraw.job.Job;
import giga.redraw.run.JobInspection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "inspect",
        description = "Measures a finished redraw: coverage, seams, fidelity to the source, detail.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  giga inspect large.png", "  giga inspect large.png.job --json"})
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB|OUT", description = "A job's folder, or a result with its job beside it.")
    private Path path;

    @Option(names = "--json", description = "The figures as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        try (Job job = Job.open(folder())) {
            Inspection inspection = JobInspection.of(job);
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? new JsonMapper().writeValueAsString(inspection.figures()) : inspection.text());
            out.flush();
            return 0;
        }
    }

    private Path folder() {
        if (Job.isAt(path)) return path;
        Path beside = JobFolders.beside(path);
        if (Job.isAt(beside)) return beside;
        throw new JobException(path + " is no job, and there is none beside it (" + beside
                + "); name the folder that the redraw was given as --job");
    }
}
