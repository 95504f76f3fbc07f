package giga.cli;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.redraw.JobException;
import giga.redraw.inspect.Comparison;
import giga.redraw.inspect.WatchedPicture;
import giga.redraw.inspect.report.Examination;
import giga.redraw.inspect.report.Examination.Against;
import giga.redraw.inspect.report.ReportFile;
import giga.redraw.inspect.report.Subject;
import giga.redraw.job.Job;
import giga.redraw.run.JobInspection;
import giga.redraw.run.ProgressEvent;
import giga.redraw.run.Stage;
import giga.redraw.run.Unpacking;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "inspect",
        description = {
            "Measures a finished redraw: coverage, seams, fidelity to the source, detail, tone drift, texture.",
            "Of a picture without a job it tells size, detail and texture."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga inspect large.png --html report.html",
            "  giga inspect large.png.job --json",
            "  giga inspect large.png --heatmap seams.png --tile-map tiles.png",
            "  giga inspect large.png --against original.png"
        })
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "JOB|PICTURE",
            description = "A job's folder, a result with its job beside it, or any picture.")
    private Path path;

    @Option(
            names = "--against",
            paramLabel = "PICTURE",
            description = "Compare with this picture of the same size, a sharp original or another result.")
    private Path against;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a report to be looked at, in one file.")
    private Path html;

    @Option(
            names = "--heatmap",
            paramLabel = "FILE",
            description = "Write a picture of how visible the borders of the tiles are (.png or .jpg).")
    private Path heatMap;

    @Option(
            names = "--tile-map",
            paramLabel = "FILE",
            description = "Write a picture of the tiles of the last pass, by phase (.png or .jpg).")
    private Path tileMap;

    @Option(names = "--json", description = "The figures as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        for (Path map : new Path[] {heatMap, tileMap}) if (map != null) PictureWriter.check(map, 1, 1);
        if (html != null) ReportFile.check(html);
        Optional<Path> folder = jobFolder();
        if (folder.isPresent()) inspectJob(folder.get());
        else inspectPicture();
        return 0;
    }

    private void inspectJob(Path folder) {
        try (Terminal terminal = terminal();
                Job job = Job.open(folder);
                Unpacking unpacking = Unpacking.of(job, terminal)) {
            JobInspection inspection = JobInspection.of(job, unpacking);
            Optional<Picture> other = other(inspection.result(), unpacking);
            UnaryOperator<Picture> watching = watching(terminal);
            Subject.Redrawn redrawn = inspection.through(watching).examine();
            show(job.output(), redrawn, other.map(watching), terminal);
            write(heatMap, redrawn, Subject.Redrawn::seams);
            write(tileMap, redrawn, Subject.Redrawn::tiles);
        }
    }

    private void inspectPicture() {
        if (Files.isDirectory(path)) throw new JobException(path + " is a folder but no job: name a job or a picture");
        if (heatMap != null || tileMap != null)
            throw new ParameterException(
                    spec.commandLine(),
                    "%s shows the tiles of a job, and %s is none and has none beside it; name the folder that the redraw was given as --job"
                            .formatted(heatMap != null ? "--heatmap" : "--tile-map", path));
        try (Terminal terminal = terminal();
                Unpacking unpacking = Unpacking.temporary(terminal)) {
            Picture picture = unpacking.picture(path);
            Optional<Picture> other = other(picture, unpacking);
            UnaryOperator<Picture> watching = watching(terminal);
            show(path, Subject.Alone.of(watching.apply(picture)), other.map(watching), terminal);
        }
    }

    /** Bars go to the other stream than the figures, so JSON may have them too. */
    private Terminal terminal() {
        return new HumanTerminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    private static UnaryOperator<Picture> watching(Terminal terminal) {
        Stage stage = new Stage(Stage.Kind.MEASURE, 0, 0, -1);
        terminal.on(new ProgressEvent.StageStarted(stage, 0));
        AtomicLong pixels = new AtomicLong();
        return picture -> new WatchedPicture(
                picture, pixels, read -> terminal.on(new ProgressEvent.StageAdvanced(stage, read / 1_000_000)));
    }

    /** Refused before anything is measured when it cannot be compared. */
    private Optional<Picture> other(Picture picture, Unpacking unpacking) {
        Optional<Picture> other = Optional.ofNullable(against).map(unpacking::picture);
        other.ifPresent(read -> Comparison.requireOneSize(picture, read));
        return other;
    }

    private void show(Path file, Subject subject, Optional<Picture> other, Terminal terminal) {
        Optional<Against> compared = other.map(read ->
                Against.of(subject.picture(), read, against.getFileName().toString()));
        Examination examination = new Examination(file.getFileName().toString(), subject, compared);
        if (html != null) ReportFile.write(html, examination.html());
        terminal.close();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? new JsonMapper().writeValueAsString(examination.figures()) : examination.text());
        out.flush();
    }

    private static void write(Path file, Subject.Redrawn redrawn, Function<Subject.Redrawn, Pixels> map) {
        if (file != null) PictureWriter.write(map.apply(redrawn), file, PictureMetadata.NONE, _ -> {});
    }

    private Optional<Path> jobFolder() {
        if (Job.isAt(path)) return Optional.of(path);
        Path beside = JobFolders.beside(path);
        return Job.isAt(beside) ? Optional.of(beside) : Optional.empty();
    }
}
