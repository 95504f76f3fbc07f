package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.Region;
import giga.canvas.output.PictureWriter;
import giga.canvas.output.Staging;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.redraw.job.Job;
import java.io.IOException;
import java.time.Instant;
import java.util.function.IntConsumer;

/** Writes the result to where it was asked for. */
record Export(Job job, Instant runBegan) {

    /** Refuses a place that cannot take the result, before work is done for it: folders go, jobs move to other machines. */
    void check() {
        Region size = job.request().result().size(job.plan().canvas());
        PictureWriter.check(job.output(), size.width(), size.height(), job.metadata());
    }

    /** @param canvas as the last pass left it */
    void run(Picture canvas, IntConsumer rowsDone) {
        deleteLeftovers();
        Region size = job.request().result().size(canvas.bounds());
        Picture result = size.equals(canvas.bounds())
                ? canvas
                : Resample.resized(canvas, size.width(), size.height(), Filter.LANCZOS);
        PictureWriter.write(result, job.output(), job.metadata(), rowsDone);
    }

    private void deleteLeftovers() {
        try {
            Staging.deleteLeftovers(job.output(), runBegan);
        } catch (IOException e) {
            job.log().line("leftovers beside %s stay: %s".formatted(job.output(), e.getMessage()));
        }
    }
}
