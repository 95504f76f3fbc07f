package giga.cli;

import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.output.PictureMetadata;
import giga.diffusion.ModelException;
import giga.redraw.Plan;
import giga.redraw.Planner;
import giga.redraw.Request;
import giga.redraw.infotext.RedrawMaking;
import giga.redraw.job.Job;
import giga.redraw.run.Ending;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A redraw that begins, by whatever command.
 *
 * @param folder where the job is kept
 * @param force whether a result or a job that stands in the way is replaced
 * @param keep whether what is no longer needed stays in the job's folder
 * @param reported open once the command has told how it ended
 */
record NewRedraw(Request request, Path folder, boolean force, boolean keep, CountDownLatch reported) {

    /** @return the exit code */
    int run(Terminal terminal) {
        Path output = Path.of(request.output());
        refuseTaken(output);
        JobFolders.makeWay(output, folder, force);
        try (Job job = Job.create(folder, request, this::texts)) {
            terminal.say(Describe.job(job));
            return run(job, terminal);
        }
    }

    /** Pieces and prints come last, but where they go is looked at first. */
    private void refuseTaken(Path output) {
        Region source = PictureSize.of(Path.of(request.input()));
        Plan plan = Planner.plan(request, source.width(), source.height());
        new Ending(request.result(), output, PictureMetadata.NONE).check(plan.canvas(), force);
    }

    private Map<String, String> texts(Plan plan) {
        return RedrawMaking.texts(request, plan, Models.hashes(), Version.name());
    }

    /** A job that its picture, its model or the memory keeps from beginning is of no use to anybody. */
    private int run(Job job, Terminal terminal) {
        try {
            return new JobRunner(job, terminal, keep, reported).run();
        } catch (PictureException | ModelException | OutOfMemoryError e) {
            if (!job.hasBegun()) {
                job.close();
                Job.discard(job.directory());
            }
            throw e;
        }
    }
}
