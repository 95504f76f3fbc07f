package giga.redraw.run;

import giga.canvas.PictureException;
import giga.canvas.store.DamagedChunkException;
import giga.canvas.store.ZarrPicture;
import giga.redraw.Blend;
import giga.redraw.JobException;
import giga.redraw.Pass;
import giga.redraw.job.Canvases;
import giga.redraw.job.Job;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * Brings a job from wherever it is to its end: the picture goes through its states one by one, each marked on disk once it
 * is complete, and nothing is deleted before what was made from it is. So a run that was killed is gone on with by the
 * next one, to the same bytes.
 */
public final class RedrawRun {
    private final Instant began = Instant.now();
    private final RunContext run;
    private final Job job;
    private final List<Step> steps;
    private final Canvases canvases;
    private Optional<DamagedChunkException> damaged = Optional.empty();

    public RedrawRun(Job job, TileRedrawer redrawer, RunOptions options, Progress progress, Stop stop) {
        this(RunContext.of(job, redrawer, options, progress, stop, UnaryOperator.identity()));
    }

    RedrawRun(RunContext run) {
        this.run = run;
        this.job = run.job();
        this.steps = run.steps();
        this.canvases = job.canvases();
    }

    /**
     * Works until the result is written; to be called once.
     *
     * @throws StoppedException when {@code stop} was requested
     * @throws JobException when the disk is full, or damaged beyond what the job can do again
     * @throws PictureException when the picture cannot be read or a disk refuses
     */
    public RunStats run() {
        job.log().line("run begins: %d tiles in all".formatted(job.plan().tileCount()));
        try {
            new Export(job, began).check();
            while (!finishes()) {}
            RunStats stats = run.account().stats();
            run.reporter().ended("done");
            job.log().line("done: " + stats.summary());
            return stats;
        } catch (StoppedException e) {
            StoppedException stopped = new StoppedException(
                    job.directory(), run.reporter().tilesDone(), job.plan().tileCount());
            ended("stopped", stopped);
            throw stopped;
        } catch (RuntimeException | Error e) {
            ended("failed", e);
            if (DiskFull.isCauseOf(e)) throw DiskFull.in(job, e);
            throw e;
        }
    }

    private void ended(String state, Throwable why) {
        run.reporter().ended(state);
        job.log().line(state + ": " + (why.getMessage() == null ? why : why.getMessage()));
    }

    /** False when something was found damaged. */
    private boolean finishes() {
        try {
            int made = steps.size() - 1;
            while (made >= 0 && !canvases.isDone(steps.get(made).state())) made--;
            damaged.ifPresent(found -> new Mending(run, found).mend());
            damaged = Optional.empty();
            tidy(made);
            for (int step = made + 1; step < steps.size(); step++) {
                run.reporter().tilesDone(run.tilesBefore(steps.get(step)));
                make(step);
                canvases.finish(steps.get(step).state());
                tidy(step);
            }
            run.reporter().tilesDone(job.plan().tileCount());
            run.account().time(Account.Kind.EXPORT, this::export);
            return true;
        } catch (DamagedChunkException e) {
            damaged = Optional.of(run.damage().found(e));
            return false;
        }
    }

    /** Deletes what nothing will be made from any more, once the given step's state is complete. */
    private void tidy(int complete) {
        run.account().time(Account.Kind.TIDY, () -> {
            for (int step = 0; step <= complete; step++) {
                String state = steps.get(step).state();
                if (run.options().keep() && canvases.isDone(state)) continue;
                if (steps.get(step) instanceof Step.Redraw redraw) deleteDrawn(redraw);
                if (step < complete) canvases.delete(state);
            }
        });
    }

    private void deleteDrawn(Step.Redraw redraw) {
        job.results(redraw.pass(), redraw.phase()).deletePixels();
        job.latents(redraw.pass()).delete();
    }

    private void make(int step) {
        run.stop().check();
        switch (steps.get(step)) {
            case Step.Decode decode -> new Import(run, decode).perform();
            case Step.Enlarge enlarge -> run.account().time(Account.Kind.ENLARGE, () -> enlarge(enlarge, before(step)));
            case Step.Redraw redraw ->
                new PhaseRun(run, redraw, before(step), new Blend(redraw.pass(), redraw.phase())).run();
        }
    }

    private ZarrPicture before(int step) {
        return run.made(steps.get(step - 1));
    }

    private void enlarge(Step.Enlarge step, ZarrPicture before) {
        ZarrPicture canvas = run.begun(step);
        run.stage(new Stage(Stage.Kind.ENLARGE, step.pass().number(), 0, step.height()), rows -> {
            if (before.grid().equals(canvas.grid())) link(before, canvas);
            else enlarge(step.pass(), before, canvas, rows);
        });
    }

    private void enlarge(Pass pass, ZarrPicture before, ZarrPicture canvas, IntConsumer rows) {
        try (Enlarger enlarger = new Enlarger(job.request().of(pass))) {
            enlarger.fill(before, canvas, rows);
        }
    }

    private static void link(ZarrPicture before, ZarrPicture canvas) {
        canvas.grid().chunks().forEach(index -> {
            // Read first: whoever reads a damaged link later would have to look for the same damage twice.
            before.readChunk(index);
            canvas.linkChunk(index, before);
        });
    }

    private void export() {
        ZarrPicture canvas = run.made(steps.getLast());
        Export export = new Export(job, began);
        run.stage(new Stage(Stage.Kind.EXPORT, 0, 0, export.rows()), rows -> export.run(canvas, rows));
        export.words().forEach(job.log()::line);
    }
}
