package giga.redraw.run;

import giga.canvas.PictureException;
import giga.canvas.input.PictureFile;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.canvas.store.DamagedChunkException;
import giga.canvas.store.ZarrPicture;
import giga.redraw.JobException;
import giga.redraw.job.Canvases;
import giga.redraw.job.Job;
import java.time.Instant;
import java.util.List;
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

    /** False when something was found damaged and marked to be done again. */
    private boolean finishes() {
        try {
            int made = steps.size() - 1;
            while (made >= 0 && !canvases.isDone(steps.get(made).state())) made--;
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
            run.damage().found(e);
            return false;
        }
    }

    /** Deletes what nothing will be made from any more, once the given step's state is complete. */
    private void tidy(int complete) {
        if (run.options().keep()) return;
        run.account().time(Account.Kind.TIDY, () -> {
            for (int step = 0; step <= complete; step++) {
                if (steps.get(step) instanceof Step.Redraw redraw)
                    job.results(redraw.pass(), redraw.phase()).deletePixels();
                if (step < complete) canvases.delete(steps.get(step).state());
            }
        });
    }

    private void make(int step) {
        run.stop().check();
        switch (steps.get(step)) {
            case Step.Decode decode -> run.account().time(Account.Kind.DECODE, () -> decode(decode));
            case Step.Enlarge enlarge -> run.account().time(Account.Kind.ENLARGE, () -> enlarge(enlarge, before(step)));
            case Step.Redraw redraw -> new PhaseRun(run, redraw, before(step)).run();
        }
    }

    private ZarrPicture before(int step) {
        return made(steps.get(step - 1));
    }

    private ZarrPicture made(Step step) {
        return canvases.open(step.state(), step.width(), step.height());
    }

    private ZarrPicture begun(Step step) {
        return canvases.begin(step.state(), step.width(), step.height(), run.damage()::dropped);
    }

    private void decode(Step.Decode step) {
        try (PictureFile picture = PictureFile.open(job.input())) {
            if (picture.info().width() != step.width() || picture.info().height() != step.height())
                job.refuseOtherSource();
            ZarrPicture canvas = begun(step);
            stage(new Stage(Stage.Kind.DECODE, 0, 0, step.height()), rows -> picture.copyTo(canvas, rows));
        }
    }

    private void enlarge(Step.Enlarge step, ZarrPicture before) {
        ZarrPicture canvas = begun(step);
        stage(new Stage(Stage.Kind.ENLARGE, step.pass().number(), 0, step.height()), rows -> {
            if (before.grid().equals(canvas.grid()))
                canvas.grid().chunks().forEach(chunk -> canvas.linkChunk(chunk, before));
            else Resample.resize(before, canvas, Filter.LANCZOS, rows);
        });
    }

    private void export() {
        ZarrPicture result = made(steps.getLast());
        stage(new Stage(Stage.Kind.EXPORT, 0, 0, result.height()), rows -> new Export(job, began).run(result, rows));
    }

    private interface RowWork {
        void run(IntConsumer rowsDone);
    }

    private void stage(Stage stage, RowWork work) {
        run.reporter().started(stage, 0);
        work.run(rows -> {
            run.stop().check();
            run.reporter().advanced(rows);
        });
        run.reporter().finished();
    }
}
