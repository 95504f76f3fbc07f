package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.Region;
import giga.canvas.output.PictureWriter;
import giga.canvas.output.Staging;
import giga.redraw.job.Job;
import java.io.IOException;
import java.time.Instant;
import java.util.function.IntConsumer;

/** Writes the result to where it was asked for. */
record Export(Job job, Instant runBegan) {

    /** Refuses a place that cannot take the result, before work is done for it: folders go, jobs move to other machines. */
    void check() {
        Region canvas = job.plan().canvas();
        PictureWriter.check(job.output(), canvas.width(), canvas.height(), job.metadata());
    }

    void run(Picture result, IntConsumer rowsDone) {
        deleteLeftovers();
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
