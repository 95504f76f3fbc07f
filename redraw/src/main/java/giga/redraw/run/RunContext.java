package giga.redraw.run;

import giga.canvas.store.ZarrPicture;
import giga.redraw.Tile;
import giga.redraw.job.Job;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * What all parts of one run share.
 *
 * @param order in which the batches of a phase are done; it changes nothing, which is for tests to show
 */
record RunContext(
        Job job,
        TileRedrawer redrawer,
        RunOptions options,
        Stop stop,
        UnaryOperator<List<List<Tile>>> order,
        List<Step> steps,
        Account account,
        Reporter reporter,
        Damage damage) {

    static RunContext of(
            Job job,
            TileRedrawer redrawer,
            RunOptions options,
            Progress progress,
            Stop stop,
            UnaryOperator<List<List<Tile>>> order) {
        List<Step> steps = Step.of(job.plan());
        Account account = new Account();
        Reporter reporter = new Reporter(job, progress);
        Damage damage = new Damage(reporter, account);
        return new RunContext(job, redrawer, options, stop, order, steps, account, reporter, damage);
    }

    /** A state that is complete. */
    ZarrPicture made(Step step) {
        return job.canvases().open(step.state(), step.width(), step.height());
    }

    /** A state to be filled. */
    ZarrPicture begun(Step step) {
        return job.canvases().begin(step.state(), step.width(), step.height(), damage::dropped);
    }

    interface RowWork {
        void run(IntConsumer rowsDone);
    }

    void stage(Stage stage, RowWork work) {
        reporter.started(stage, 0);
        work.run(rows -> {
            stop.check();
            reporter.advanced(rows);
        });
        reporter.finished();
    }

    /** Tiles of the phases before a step. */
    int tilesBefore(Step step) {
        return steps.subList(0, steps.indexOf(step)).stream()
                .mapToInt(Step::tiles)
                .sum();
    }
}
