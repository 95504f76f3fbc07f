package giga.redraw.run;

import giga.canvas.input.PictureFile;
import giga.canvas.store.ZarrPicture;
import giga.redraw.JobException;
import giga.redraw.inspect.Inspection;
import giga.redraw.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures a finished job: its result's file against the picture it began with. */
public final class JobInspection {
    private JobInspection() {}

    /**
     * @throws JobException when the result is missing or has another size than planned
     * @throws giga.canvas.PictureException when a picture cannot be read
     */
    public static Inspection of(Job job) {
        Path output = Path.of(job.request().output());
        if (!Files.exists(output))
            throw new JobException(
                    "%s is missing: `%s` makes it".formatted(output, Job.resumeCommand(job.directory())));
        // Both are unpacked first: a PNG cannot be read region by region.
        Path scratch = job.scratch();
        try {
            ZarrPicture result = unpack(output, scratch.resolve("result"));
            if (!result.bounds().equals(job.plan().canvas()))
                throw new JobException("%s has %dx%d pixels where the job made %dx%d: it is another picture"
                        .formatted(
                                output,
                                result.width(),
                                result.height(),
                                job.plan().canvas().width(),
                                job.plan().canvas().height()));
            ZarrPicture source = unpack(Path.of(job.request().input()), scratch.resolve("source"));
            return Inspection.of(result, source, job.plan().cores(), _ -> {});
        } finally {
            job.clearScratch();
        }
    }

    private static ZarrPicture unpack(Path file, Path folder) {
        try (PictureFile picture = PictureFile.open(file)) {
            ZarrPicture unpacked = ZarrPicture.create(
                    folder, picture.info().width(), picture.info().height());
            picture.copyTo(unpacked, _ -> {});
            return unpacked;
        }
    }
}
