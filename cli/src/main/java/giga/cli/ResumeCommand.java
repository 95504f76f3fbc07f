package giga.cli;

import giga.redraw.job.Job;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "resume",
        description =
                "Goes on with a job that was stopped or killed; the result has the same bytes as without the break.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  giga resume large.png.job")
final class ResumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB", description = "The job's folder.")
    private Path folder;

    @Option(
            names = "--keep",
            description =
                    "Keep all states of the picture and all tiles in the job's folder, to look at: several times the disk.")
    private boolean keep;

    @Mixin
    private RunOutput runOutput;

    @Override
    public Integer call() {
        Terminal terminal = runOutput.terminal(spec);
        try (Job job = Job.open(folder)) {
            terminal.say(Describe.job(job));
            return new JobRunner(job, terminal, keep, Giga.reported(spec)).run();
        }
    }
}
