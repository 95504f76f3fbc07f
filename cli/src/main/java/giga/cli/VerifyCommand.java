package giga.cli;

import giga.canvas.Region;
import giga.redraw.job.Job;
import giga.redraw.run.Finding;
import giga.redraw.run.Verdict;
import giga.redraw.run.Verification;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description =
                "Reads all that a job's folder holds and compares it with its checksums: a line for each damage. Changes nothing; exit code 1 where there is damage.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  giga verify large.png.job", "  giga verify large.png.job --json"})
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB|OUT", description = "A job's folder, or a result with its job beside it.")
    private Path path;

    @Mixin
    private RunOutput runOutput;

    @Override
    public Integer call() {
        try (Terminal terminal = runOutput.terminal(spec);
                Job job = Job.openToLook(JobFolders.of(path))) {
            Verdict verdict = Verification.of(job, terminal);
            terminal.close();
            terminal.figures(verdict.text(), figures(verdict));
            return verdict.isSound() ? 0 : 1;
        }
    }

    private static Map<String, Object> figures(Verdict verdict) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("job", verdict.job().toString());
        figures.put("sound", verdict.isSound());
        figures.put("finished", verdict.finished());
        figures.put("complete", verdict.complete().orElse(""));
        figures.put("chunks", verdict.chunks());
        figures.put("tiles", verdict.tiles());
        figures.put(
                "damages",
                verdict.findings().stream().map(VerifyCommand::fields).toList());
        return figures;
    }

    private static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("subject", finding.subject());
        finding.place().map(VerifyCommand::rectangle).ifPresent(place -> fields.put("place", place));
        fields.put("file", finding.file().toString());
        fields.put("what", finding.what());
        fields.put("mendable", finding.mendable());
        return fields;
    }

    /** As in a plan. */
    private static List<Integer> rectangle(Region region) {
        return List.of(region.x(), region.y(), region.width(), region.height());
    }
}
