package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.store.ZarrPicture;
import giga.redraw.Blend;
import giga.redraw.Front;
import giga.redraw.Phase;
import giga.redraw.Tile;
import giga.redraw.job.DamagedTileException;
import giga.redraw.job.TileResults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One phase: its missing tiles are redrawn, and all are settled into the next state as they come. */
final class PhaseRun {
    private final RunContext run;
    private final Step.Redraw step;
    private final ZarrPicture canvas;
    private final TileResults results;
    private final Phase phase;
    private final Blend blend;

    /** @param canvas as the phase finds it */
    PhaseRun(RunContext run, Step.Redraw step, ZarrPicture canvas, Blend blend) {
        this.run = run;
        this.step = step;
        this.canvas = canvas;
        this.results = run.job().results(step.pass(), step.phase());
        this.phase = step.pass().phases().get(step.phase());
        this.blend = blend;
    }

    void run() {
        ZarrPicture settled = run.begun(step);
        Front front = new Front(phase, blend, settled.grid());
        settled.grid().chunks().filter(settled::hasChunk).forEach(front::settled);
        // More than once only where something turns out to be damaged.
        while (!front.isDone()) drawAndSettle(front, settled);
    }

    private void drawAndSettle(Front front, ZarrPicture settled) {
        Missing missing = missing(front);
        run.account().found(step.tiles() - missing.tiles().size());
        missing.tiles().forEach(front::willDraw);
        try (Settling settling = new Settling(run, front, blend, canvas, results, settled)) {
            settling.found(missing.there());
            try {
                draw(missing.batches(), settling);
                run.account().time(Account.Kind.SETTLE, () -> {
                    run.reporter()
                            .started(stage(Stage.Kind.SETTLE, settled.grid().count()), front.settledChunks());
                    settling.finish(run.reporter()::advanced);
                });
                run.reporter().finished();
            } catch (DamagedTileException e) {
                settling.lost(e);
            }
        }
    }

    /** Redraws these batches, all others being there or not needed, and does nothing else with them. */
    void draw(List<List<Tile>> batches) {
        draw(batches, TilePipeline.Results.KEPT);
    }

    private void draw(List<List<Tile>> batches, TilePipeline.Results drawn) {
        if (batches.isEmpty()) return;
        run.job().warning().ifPresent(run.reporter()::noticedOnce);
        TileRedrawer redrawer = redrawer();
        int others = step.tiles() - batches.stream().mapToInt(List::size).sum();
        run.reporter().tilesDone(run.tilesBefore(step) + others);
        run.reporter().started(stage(Stage.Kind.REDRAW, step.tiles()), others);
        for (int from = 0, to; from < batches.size(); from = to) {
            int wave = wave(batches.get(from));
            to = from;
            while (to < batches.size() && wave(batches.get(to)) == wave) to++;
            Picture seen = wave == 0 ? canvas : new SeenPicture(canvas, blend.before(wave), results);
            new TilePipeline(run, redrawer, step, seen, results, drawn)
                    .run(run.order().apply(batches.subList(from, to)));
        }
        run.reporter().finished();
    }

    private int wave(List<Tile> batch) {
        return phase.wave(batch.getFirst());
    }

    private TileRedrawer redrawer() {
        if (!step.pass().isJoined(phase)) return run.redrawer();
        JoinedPass joined = new JoinedPass(run, step.pass());
        joined.make(canvas);
        return joined.decoder();
    }

    /**
     * @param batches to be redrawn, in plan order
     * @param there tiles of other batches whose results are there and still needed
     */
    record Missing(List<List<Tile>> batches, List<Tile> there) {
        List<Tile> tiles() {
            return batches.stream().flatMap(List::stream).toList();
        }
    }

    private Missing missing(Front front) {
        return missing(front::needs, this::has);
    }

    /**
     * What must be drawn so that the needed tiles are there. A batch is repeated as a whole: a tile's last bits may depend
     * on its company. From the last wave to the first, as what is missing may need what was already done with.
     */
    Missing missing(Predicate<Tile> needed, Predicate<Tile> has) {
        List<List<Tile>> batches = new ArrayList<>();
        List<Tile> there = new ArrayList<>();
        Set<Tile> seen = new HashSet<>();
        for (List<Tile> batch : phase.batches(step.pass().tiling().batch()).reversed()) {
            List<Tile> wanted = batch.stream()
                    .filter(tile -> needed.test(tile) || seen.contains(tile))
                    .toList();
            // Every one is looked at: whatever is damaged is told of at once.
            List<Tile> found = wanted.stream().filter(has).toList();
            if (found.size() == wanted.size()) {
                there.addAll(wanted);
            } else {
                batches.addFirst(batch);
                for (Tile tile : batch) seen.addAll(blend.seenBy(tile));
            }
        }
        return new Missing(batches, there);
    }

    private boolean has(Tile tile) {
        try {
            return results.has(tile);
        } catch (DamagedTileException e) {
            run.damage().found(e, results);
            return false;
        }
    }

    private Stage stage(Stage.Kind kind, long total) {
        return new Stage(kind, step.pass().number(), step.phase(), phase.name(), total);
    }
}
