package giga.redraw.run;

import giga.canvas.Picture;
import giga.redraw.JobException;
import giga.redraw.forecast.Forecast;
import giga.redraw.inspect.report.Subject;
import giga.redraw.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A finished job to be measured: its result's file against the picture it began with.
 *
 * @param result as the file has it
 */
public record JobInspection(Job job, Picture result, Picture source) {
    /**
     * @param unpacking must stay open as long as this is used
     * @throws JobException when the result is missing or has another size than planned
     * @throws giga.canvas.PictureException when a picture cannot be read
     */
    public static JobInspection of(Job job, Unpacking unpacking) {
        return new JobInspection(job, result(job, unpacking), unpacking.picture(job.input()));
    }

    /** The same, read through others. */
    public JobInspection through(UnaryOperator<Picture> watching) {
        return new JobInspection(job, watching.apply(result), watching.apply(source));
    }

    /** Measures and maps them. */
    public Subject.Redrawn examine() {
        return Subject.Redrawn.of(job.request(), job.plan(), Forecast.of(job), source, result);
    }

    private static Picture result(Job job, Unpacking unpacking) {
        Path output = job.output();
        if (!Files.exists(output))
            throw new JobException("%s is missing: either the job is not finished, or the file was moved; `%s` makes it"
                    .formatted(output, Job.resumeCommand(job.directory())));
        boolean plain = Files.isRegularFile(output) && !isDeepZoom(output);
        Picture result =
                plain && !job.request().result().changesPixels(job.plan().canvas())
                        ? unpacking.picture(output)
                        : lastCanvas(job);
        if (!result.bounds().equals(job.plan().canvas()))
            throw new JobException("%s has %dx%d pixels where the job made %dx%d: it is another picture"
                    .formatted(
                            output,
                            result.width(),
                            result.height(),
                            job.plan().canvas().width(),
                            job.plan().canvas().height()));
        return result;
    }

    /**
     * Deep zoom pictures and Zarr stores lie in many files, which were all made from this canvas; and what a redraw did is seen
     * before grain and paper lie over it.
     */
    private static Picture lastCanvas(Job job) {
        Step last = Step.of(job.plan()).getLast();
        return job.canvases().open(last.state(), last.width(), last.height());
    }

    private static boolean isDeepZoom(Path output) {
        return output.toString().toLowerCase(Locale.ROOT).endsWith(".dzi");
    }
}
