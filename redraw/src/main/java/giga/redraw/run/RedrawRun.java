package giga.redraw.run;

import giga.canvas.PictureException;
import giga.canvas.input.PictureFile;
import giga.canvas.output.PictureWriter;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.canvas.store.DamagedChunkException;
import giga.canvas.store.ZarrPicture;
import giga.redraw.Blend;
import giga.redraw.JobException;
import giga.redraw.Pass;
import giga.redraw.Phase;
import giga.redraw.Tile;
import giga.redraw.job.Canvases;
import giga.redraw.job.DamagedTileException;
import giga.redraw.job.Job;
import giga.redraw.job.TileResults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * Brings a job from wherever it is to its end: the picture goes through its states one by one, each marked on disk once it
 * is complete, and nothing is deleted before what was made from it is. So a run that was killed is gone on with by the
 * next one, to the same bytes.
 */
public final class RedrawRun {
    private final Job job;
    private final TileRedrawer redrawer;
    private final RunOptions options;
    private final Stop stop;
    private final UnaryOperator<List<List<Tile>>> order;
    private final List<Step> steps;
    private final Canvases canvases;
    private final Account account = new Account();
    private final Reporter reporter;
    private final Damage damage;

    public RedrawRun(Job job, TileRedrawer redrawer, RunOptions options, Progress progress, Stop stop) {
        this(job, redrawer, options, progress, stop, UnaryOperator.identity());
    }

    /** @param order in which the batches of a phase are done; it changes nothing, which is for tests to show */
    RedrawRun(
            Job job,
            TileRedrawer redrawer,
            RunOptions options,
            Progress progress,
            Stop stop,
            UnaryOperator<List<List<Tile>>> order) {
        this.job = job;
        this.redrawer = redrawer;
        this.options = options;
        this.stop = stop;
        this.order = order;
        this.steps = Step.of(job.plan());
        this.canvases = job.canvases();
        this.reporter = new Reporter(job, progress);
        this.damage = new Damage(job, steps, reporter, account);
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
            RunStats stats = account.stats();
            reporter.ended("done");
            job.log().line("done: " + stats.summary());
            return stats;
        } catch (StoppedException e) {
            StoppedException stopped = new StoppedException(
                    job.directory(), reporter.tilesDone(), job.plan().tileCount());
            ended("stopped", stopped);
            throw stopped;
        } catch (RuntimeException | Error e) {
            ended("failed", e);
            if (DiskFull.isCauseOf(e)) throw DiskFull.in(job, e);
            throw e;
        }
    }

    private void ended(String state, Throwable why) {
        reporter.ended(state);
        job.log().line(state + ": " + why.getMessage());
    }

    /** False when something was found damaged and marked to be done again. */
    private boolean finishes() {
        try {
            int made = steps.size() - 1;
            while (made >= 0 && !canvases.isDone(steps.get(made).state())) made--;
            tidy(made);
            for (int step = made + 1; step < steps.size(); step++) {
                reporter.tilesDone(tilesBefore(step));
                make(step);
                canvases.finish(steps.get(step).state());
                tidy(step);
            }
            reporter.tilesDone(job.plan().tileCount());
            export();
            return true;
        } catch (DamagedChunkException e) {
            damage.found(e);
            return false;
        }
    }

    private int tilesBefore(int step) {
        return steps.subList(0, step).stream()
                .mapToInt(done -> done instanceof Step.Redraw redraw
                        ? redraw.pass().phases().get(redraw.phase()).tiles().size()
                        : 0)
                .sum();
    }

    /** Deletes what nothing will be made from any more, once the given step's state is complete. */
    private void tidy(int complete) {
        if (options.keep()) return;
        account.time(Account.Kind.TIDY, () -> {
            for (int step = 0; step <= complete; step++) {
                if (steps.get(step) instanceof Step.Redraw redraw)
                    job.results(redraw.pass(), redraw.phase()).deletePixels();
                if (step < complete) canvases.delete(steps.get(step).state());
            }
        });
    }

    private void make(int step) {
        stop.check();
        switch (steps.get(step)) {
            case Step.Decode decode -> account.time(Account.Kind.DECODE, () -> decode(decode));
            case Step.Enlarge enlarge -> account.time(Account.Kind.ENLARGE, () -> enlarge(enlarge, former(step)));
            case Step.Redraw redraw -> redraw(redraw, former(step));
        }
    }

    private ZarrPicture former(int step) {
        return canvases.open(steps.get(step - 1).state());
    }

    private void decode(Step.Decode step) {
        try (PictureFile picture = PictureFile.open(Path.of(job.request().input()))) {
            int width = job.plan().sourceWidth();
            int height = job.plan().sourceHeight();
            if (picture.info().width() != width || picture.info().height() != height) job.refuseOtherSource();
            ZarrPicture canvas = canvases.begin(step.state(), width, height, damage::dropped);
            stage(new Stage(Stage.Kind.DECODE, 0, 0, height), rows -> picture.copyTo(canvas, rows));
        }
    }

    private void enlarge(Step.Enlarge step, ZarrPicture former) {
        Pass pass = step.pass();
        ZarrPicture canvas = canvases.begin(step.state(), pass.width(), pass.height(), damage::dropped);
        stage(new Stage(Stage.Kind.ENLARGE, pass.number(), 0, pass.height()), rows -> {
            if (former.grid().equals(canvas.grid()))
                canvas.grid().chunks().forEach(chunk -> canvas.linkChunk(chunk, former));
            else Resample.resize(former, canvas, Filter.LANCZOS, rows);
        });
    }

    private void redraw(Step.Redraw step, ZarrPicture former) {
        TileResults results = job.results(step.pass(), step.phase());
        boolean settled = false;
        while (!settled) {
            drawMissing(step, former, results);
            settled = account.time(Account.Kind.SETTLE, () -> settles(step, former, results));
        }
    }

    private void drawMissing(Step.Redraw step, ZarrPicture former, TileResults results) {
        Phase phase = step.pass().phases().get(step.phase());
        List<List<Tile>> missing = missing(phase, results);
        int tiles = phase.tiles().size();
        int found = tiles - missing.stream().mapToInt(List::size).sum();
        account.found(found);
        reporter.tilesDone(tilesBefore(steps.indexOf(step)) + found);
        reporter.started(new Stage(Stage.Kind.REDRAW, step.pass().number(), step.phase(), tiles), found);
        new TilePipeline(
                        former,
                        step.pass(),
                        redrawer,
                        results,
                        options,
                        stop,
                        account,
                        (tile, read, compute, write) -> {
                            account.drew();
                            reporter.stored(tile, read, compute, write);
                        })
                .run(order.apply(missing));
        reporter.finished();
    }

    /** A batch is repeated as a whole: a tile's last bits may depend on its company. */
    private List<List<Tile>> missing(Phase phase, TileResults results) {
        List<List<Tile>> missing = new ArrayList<>();
        for (List<Tile> batch : phase.batches(job.plan().tiling().batch())) {
            boolean whole = true;
            for (Tile tile : batch) whole &= has(tile, results);
            if (!whole) missing.add(batch);
        }
        return missing;
    }

    private boolean has(Tile tile, TileResults results) {
        try {
            return results.has(tile);
        } catch (DamagedTileException e) {
            damage.found(e, results);
            return false;
        }
    }

    private boolean settles(Step.Redraw step, ZarrPicture former, TileResults results) {
        Pass pass = step.pass();
        ZarrPicture canvas = canvases.begin(step.state(), pass.width(), pass.height(), damage::dropped);
        Settling settling = new Settling(new Blend(pass, step.phase()), former, results, canvas, stop);
        reporter.started(
                new Stage(
                        Stage.Kind.SETTLE,
                        pass.number(),
                        step.phase(),
                        canvas.grid().count()),
                0);
        try {
            settling.run(options.settlers(), reporter::advanced);
        } catch (DamagedTileException e) {
            damage.found(e, results);
            return false;
        }
        reporter.finished();
        return true;
    }

    private void export() {
        account.time(Account.Kind.EXPORT, () -> {
            ZarrPicture result = canvases.open(steps.getLast().state());
            stage(
                    new Stage(Stage.Kind.EXPORT, 0, 0, result.height()),
                    rows -> PictureWriter.write(result, Path.of(job.request().output()), job.metadata(), rows));
        });
    }

    private interface Rows {
        void run(IntConsumer rowsDone);
    }

    private void stage(Stage stage, Rows work) {
        reporter.started(stage, 0);
        work.run(rows -> {
            stop.check();
            reporter.advanced(rows);
        });
        reporter.finished();
    }
}
