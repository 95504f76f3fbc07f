package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.DamagedChunkException;
import giga.canvas.store.ZarrPicture;
import giga.redraw.Blend;
import giga.redraw.JobException;
import giga.redraw.Pass;
import giga.redraw.Tile;
import giga.redraw.job.Canvases;
import giga.redraw.job.DamagedTileException;
import giga.redraw.job.Job;
import giga.redraw.job.TileResults;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the damaged and missing chunks of a state again. A chunk follows from the chunks below it and the tiles that touch
 * it, a tile from the chunks that it reads, and so down to whatever is still there: a state that is complete, results of
 * tiles, at last the picture's file. Only the cone below a damaged chunk is made, every tile in the company of its batch,
 * so the bytes are those of an undamaged run: for one chunk of the last state of a poster of 32768x40960 in three passes
 * 84 of 3070 tiles.
 *
 * <p>Nothing is kept on disk for the sake of mending: a job holds the state that is read, the one that is written and the
 * results of the phase at hand ({@link giga.redraw.Request#peakDiskBytes}). While it is mended the cone comes besides, for
 * that chunk about 0.8 GB to the job's 13.6. The cone's chunks lie in the folders of the states that they belong to, which stay
 * unfinished, and its tiles where their phase had them. The next {@link RedrawRun} deletes both as spent, should this one
 * not come to it.
 */
final class Mending {
    private final RunContext run;
    private final Canvases canvases;
    private final DamagedChunkException found;
    private final Map<Integer, State> states = new HashMap<>();
    private final Map<Pass, Enlarger> enlargers = new IdentityHashMap<>();
    private final Map<Step.Redraw, Blend> blends = new IdentityHashMap<>();

    /** @param found what gave the damage away; there may be more in the same state */
    Mending(RunContext run, DamagedChunkException found) {
        this.run = run;
        this.canvases = run.job().canvases();
        this.found = found;
    }

    /** @throws JobException when it would have to begin with the picture's file, and that is gone */
    void mend() {
        Step damaged = run.steps().stream()
                .filter(step -> canvases.holds(step.state(), found))
                .findFirst()
                .orElseThrow(() -> found);
        if (canvases.isDone(damaged.state())) {
            try {
                State state = state(run.steps().indexOf(damaged));
                state.stored.grid().chunks().forEach(state::ensure);
            } finally {
                enlargers.values().forEach(Enlarger::close);
            }
        } else {
            canvases.drop(found);
            run.damage().dropped(found);
        }
    }

    private State state(int step) {
        return states.computeIfAbsent(step, State::new);
    }

    /** What the picture was after a step, each chunk made when it is first needed. To be used by one thread. */
    private final class State implements Picture {
        private final int number;
        private final Step step;
        private final ZarrPicture stored;
        private final Set<ChunkIndex> sound = new HashSet<>();
        private Optional<Enlarger.Chunks> enlarged = Optional.empty();

        State(int number) {
            this.number = number;
            this.step = run.steps().get(number);
            this.stored = canvases.patch(step.state(), step.width(), step.height());
        }

        @Override
        public int width() {
            return stored.width();
        }

        @Override
        public int height() {
            return stored.height();
        }

        @Override
        public Pixels read(Region region) {
            ensure(region);
            return stored.read(region);
        }

        void ensure(Region region) {
            stored.grid().touching(region).forEach(this::ensure);
        }

        void ensure(ChunkIndex index) {
            if (sound.contains(index)) return;
            try {
                stored.readChunk(index);
            } catch (DamagedChunkException e) {
                make(index, e);
            }
            sound.add(index);
        }

        private void make(ChunkIndex index, DamagedChunkException damage) {
            run.stop().check();
            Region region = stored.grid().region(index);
            switch (step) {
                case Step.Decode decode -> {
                    tell(damage, List.of());
                    importAgain(decode);
                }
                case Step.Enlarge(Pass pass) -> {
                    tell(damage, List.of());
                    if (enlarged.isEmpty())
                        enlarged = Optional.of(enlarger(pass).chunks(before(), stored.grid()));
                    replace(damage, enlarged.get().read(index));
                }
                case Step.Redraw redraw -> {
                    Blend blend = blends.computeIfAbsent(redraw, made -> new Blend(made.pass(), made.phase()));
                    List<Tile> tiles = blend.touching(region);
                    tell(damage, tiles);
                    TileResults results = run.job().results(redraw.pass(), redraw.phase());
                    draw(redraw, tiles, results);
                    replace(damage, Settling.settled(region, before().read(region), blend, results));
                }
            }
        }

        private Enlarger enlarger(Pass pass) {
            return enlargers.computeIfAbsent(
                    pass, _ -> new Enlarger(run.job().request().of(pass)));
        }

        private State before() {
            return state(number - 1);
        }

        /** What of a freed state is made is no news. */
        private void tell(DamagedChunkException damage, List<Tile> tiles) {
            if (canvases.isDone(step.state())) run.damage().remade(damage, step, tiles);
        }

        private void replace(DamagedChunkException damage, Pixels pixels) {
            canvases.drop(damage);
            stored.writeChunk(damage.index(), pixels);
        }

        private void importAgain(Step.Decode decode) {
            Job job = run.job();
            if (!Files.exists(job.input()))
                throw new JobException(
                        "%s in the job's canvas is damaged, and the picture %s that it can be made from again is gone. Put the picture back or restore that file from a copy, then resume the job."
                                .formatted(found.file(), job.input()),
                        found);
            job.refuseOtherSource();
            canvases.delete(decode.state());
            new Import(run, decode).perform();
            canvases.finish(decode.state());
        }

        /** Sees to it that the results of these tiles are there. */
        private void draw(Step.Redraw redraw, List<Tile> tiles, TileResults results) {
            Blend blend = blends.get(redraw);
            PhaseRun phase = new PhaseRun(run, redraw, before().stored, blend);
            List<List<Tile>> batches = phase.missing(tiles::contains, tile -> isThere(tile, results))
                    .batches();
            if (batches.isEmpty()) return;
            List<Tile> drawn = batches.stream().flatMap(List::stream).toList();
            // All of it before the pipeline's threads read: redrawing is for this thread alone.
            boolean joined = redraw.pass().isJoined(redraw.pass().phases().get(redraw.phase()));
            if (!joined) drawn.forEach(tile -> before().ensure(tile.read()));
            else before().stored.grid().chunks().forEach(before()::ensure);
            run.damage().redrawn(redraw, drawn);
            phase.draw(batches);
        }

        private static boolean isThere(Tile tile, TileResults results) {
            try {
                return results.has(tile);
            } catch (DamagedTileException e) {
                // What is left of a settled phase are its entries, which vouch for pixels that were freed.
                return false;
            }
        }
    }
}
