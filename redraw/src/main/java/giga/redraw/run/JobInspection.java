package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.store.ZarrPicture;
import giga.redraw.JobException;
import giga.redraw.inspect.Inspection;
import giga.redraw.inspect.SeamScore;
import giga.redraw.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

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

    /** All measures; {@code segments} is given every segment of the seams. */
    public Inspection measure(Consumer<SeamScore.Segment> segments) {
        return Inspection.of(result, source, job.plan().cores(), segments);
    }

    private static Picture result(Job job, Unpacking unpacking) {
        Path output = job.output();
        if (!Files.exists(output))
            throw new JobException("%s is missing: either the job is not finished, or the file was moved; `%s` makes it"
                    .formatted(output, Job.resumeCommand(job.directory())));
        ZarrPicture result = unpacking.picture(output);
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
}
