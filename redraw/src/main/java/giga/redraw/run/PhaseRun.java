package giga.redraw.run;

import giga.canvas.store.ZarrPicture;
import giga.redraw.Blend;
import giga.redraw.Join;
import giga.redraw.Phase;
import giga.redraw.Tile;
import giga.redraw.job.DamagedTileException;
import giga.redraw.job.TileResults;
import java.util.ArrayList;
import java.util.List;

/** One phase: its missing tiles are redrawn, then all are settled into the next state. */
final class PhaseRun {
    private final RunContext run;
    private final Step.Redraw step;
    private final ZarrPicture canvas;
    private final TileResults results;

    /** @param canvas as the phase finds it */
    PhaseRun(RunContext run, Step.Redraw step, ZarrPicture canvas) {
        this.run = run;
        this.step = step;
        this.canvas = canvas;
        this.results = run.job().results(step.pass(), step.phase());
    }

    void run() {
        boolean settled = false;
        while (!settled) {
            drawMissing();
            settled = run.account().time(Account.Kind.SETTLE, this::settles);
        }
    }

    private void drawMissing() {
        List<List<Tile>> missing = missing();
        int found = step.tiles() - missing.stream().mapToInt(List::size).sum();
        run.account().found(found);
        draw(missing);
    }

    /** Redraws these batches, all others being there or not needed. */
    void draw(List<List<Tile>> batches) {
        if (batches.isEmpty()) return;
        run.job().warning().ifPresent(run.reporter()::noticedOnce);
        TileRedrawer redrawer = redrawer();
        int others = step.tiles() - batches.stream().mapToInt(List::size).sum();
        run.reporter().tilesDone(run.tilesBefore(step) + others);
        run.reporter().started(stage(Stage.Kind.REDRAW, step.tiles()), others);
        new TilePipeline(run, redrawer, step, canvas, results).run(run.order().apply(batches));
        run.reporter().finished();
    }

    private TileRedrawer redrawer() {
        boolean drawn = step.pass().phases().get(step.phase()).kind() == Phase.Kind.DRAW;
        if (!drawn || run.job().plan().tiling().join() == Join.PIXELS) return run.redrawer();
        JoinedPass joined = new JoinedPass(run, step.pass());
        joined.make(canvas);
        return joined.decoder();
    }

    /** A batch is repeated as a whole: a tile's last bits may depend on its company. */
    private List<List<Tile>> missing() {
        Phase phase = step.pass().phases().get(step.phase());
        List<List<Tile>> missing = new ArrayList<>();
        for (List<Tile> batch : phase.batches(run.job().plan().tiling().batch())) {
            boolean whole = true;
            for (Tile tile : batch) whole &= has(tile);
            if (!whole) missing.add(batch);
        }
        return missing;
    }

    private boolean has(Tile tile) {
        try {
            return results.has(tile);
        } catch (DamagedTileException e) {
            run.damage().found(e, results);
            return false;
        }
    }

    /** False when a tile was found damaged and must be redrawn first. */
    private boolean settles() {
        ZarrPicture settled = run.begun(step);
        Settling settling = new Settling(new Blend(step.pass(), step.phase()), canvas, results, settled, run.stop());
        run.reporter().started(stage(Stage.Kind.SETTLE, settled.grid().count()), 0);
        try {
            settling.run(run.options().settlers(), run.reporter()::advanced);
        } catch (DamagedTileException e) {
            run.damage().found(e, results);
            return false;
        }
        run.reporter().finished();
        return true;
    }

    private Stage stage(Stage.Kind kind, long total) {
        String name = step.pass().phases().get(step.phase()).name();
        return new Stage(kind, step.pass().number(), step.phase(), name, total);
    }
}
