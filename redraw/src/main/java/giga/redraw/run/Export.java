package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.output.Staging;
import giga.redraw.job.Job;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;

/** Writes the result to where it was asked for. */
record Export(Job job, Instant runBegan) {

    /** Refuses a place that cannot take the result, before work is done for it: folders go, jobs move to other machines. */
    void check() {
        ending().check(job.plan().canvas(), true);
    }

    int rows() {
        return ending().rows(job.plan().canvas());
    }

    /** @param canvas as the last pass left it */
    void run(Picture canvas, IntConsumer rowsDone) {
        deleteLeftovers();
        try (Unpacking files = Unpacking.of(job, Progress.NONE)) {
            ending().write(canvas, files::picture, rowsDone);
        }
    }

    /** What came of it, a sentence for each step. */
    List<String> words() {
        return ending().words(job.plan().canvas());
    }

    private Ending ending() {
        return new Ending(job.request().result(), job.output(), job.metadata());
    }

    private void deleteLeftovers() {
        try {
            Staging.deleteLeftovers(job.output(), runBegan);
        } catch (IOException e) {
            job.log().line("leftovers beside %s stay: %s".formatted(job.output(), e.getMessage()));
        }
    }
}
