package giga.redraw.run;

import java.util.function.IntConsumer;

/** Work on whole pictures, stage by stage: each is told while it goes on, and can be stopped after the part at hand. */
public record StagedWork(Progress progress, Stop stop) {

    /** One stage's work. */
    @FunctionalInterface
    public interface Work {
        /** @param done to be told the count of units finished so far; throws when the run is to stop */
        void run(IntConsumer done);
    }

    /**
     * Does a stage.
     *
     * @param total units of work in it, as its kind counts them
     * @throws StoppedException when stopping was asked for
     */
    public void stage(Stage.Kind kind, long total, Work work) {
        Stage stage = new Stage(kind, 0, 0, total);
        long began = System.nanoTime();
        progress.on(new ProgressEvent.StageStarted(stage, 0));
        work.run(done -> {
            stop.check();
            progress.on(new ProgressEvent.StageAdvanced(stage, done));
        });
        progress.on(new ProgressEvent.StageFinished(stage, (System.nanoTime() - began) / 1e9));
    }
}
