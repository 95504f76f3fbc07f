package giga.redraw.run;

import giga.canvas.Picture;
import giga.diffusion.Planes;
import giga.redraw.Tile;
import giga.redraw.job.TileResults;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Takes batches of tiles through reading, redrawing and storing at the same time. The calling thread redraws: native
 * libraries keep a pool of threads for each thread that calls them, so it must be the same one throughout. Each writer
 * holds one batch and each reader one, besides the next that is ready, so memory is bounded however slow the disk is.
 */
final class TilePipeline {
    private static final String UNLIKE =
            "tiles that are redrawn come out other than the first time, as on another machine or version: where they meet what was drawn before, grey levels may differ";

    private final RunContext run;
    private final TileRedrawer redrawer;
    private final Step.Redraw step;
    private final Picture canvas;
    private final TileResults results;
    private final Results drawn;

    /** What becomes of results; called from several threads. */
    interface Results {
        /** They stay where they are. */
        Results KEPT = new Results() {
            @Override
            public boolean needs(Tile tile) {
                return true;
            }

            @Override
            public void stored(Tile tile) {}

            @Override
            public void drawn(Tile tile) {}

            @Override
            public void check() {}
        };

        /** Whether a result is to be stored at all: others of its batch may have been missing. */
        boolean needs(Tile tile);

        void stored(Tile tile);

        /** What the tile has seen it needs no longer. */
        void drawn(Tile tile);

        /** Throws what went wrong with earlier ones. */
        void check();
    }

    /** @param canvas where the tiles are read */
    TilePipeline(
            RunContext run,
            TileRedrawer redrawer,
            Step.Redraw step,
            Picture canvas,
            TileResults results,
            Results drawn) {
        this.run = run;
        this.redrawer = redrawer;
        this.step = step;
        this.canvas = canvas;
        this.results = results;
        this.drawn = drawn;
    }

    private record Read(List<TileInput> inputs, double seconds) {}

    private record Redrawn(Read read, List<Planes> planes, double seconds) {}

    /** Whatever goes wrong first is thrown, after all that was redrawn before has been stored. */
    void run(List<List<Tile>> batches) {
        try (ExecutorService writers = Threads.named("write", run.options().writers());
                ExecutorService readers = Threads.named("read", run.options().readers())) {
            Iterator<List<Tile>> coming = batches.iterator();
            Deque<Future<Read>> ahead = new ArrayDeque<>();
            Deque<Future<?>> behind = new ArrayDeque<>();
            try {
                readAhead(coming, ahead, readers);
                while (!ahead.isEmpty()) {
                    run.stop().check();
                    drawn.check();
                    Read read = run.account().time(Account.Kind.READ_WAIT, () -> Threads.await(ahead.remove()));
                    readAhead(coming, ahead, readers);
                    Redrawn redrawn = run.account().time(Account.Kind.REDRAW, () -> redraw(read));
                    behind.add(writers.submit(() -> store(redrawn)));
                    run.account()
                            .time(
                                    Account.Kind.WRITE_WAIT,
                                    () -> shorten(behind, run.options().writers()));
                }
                run.account().time(Account.Kind.WRITE_WAIT, () -> shorten(behind, 0));
            } finally {
                // Not interrupted: an interrupt would close the file under a neighbour's read.
                ahead.forEach(read -> read.cancel(false));
            }
        }
    }

    private void readAhead(Iterator<List<Tile>> coming, Deque<Future<Read>> ahead, ExecutorService readers) {
        while (ahead.size() <= run.options().readers() && coming.hasNext()) {
            List<Tile> batch = coming.next();
            ahead.add(readers.submit(() -> read(batch)));
        }
    }

    private Read read(List<Tile> batch) {
        long start = System.nanoTime();
        List<TileInput> inputs = new ArrayList<>();
        for (Tile tile : batch) inputs.add(new TileInput(tile, canvas.read(tile.read())));
        return new Read(inputs, secondsSince(start) / batch.size());
    }

    private Redrawn redraw(Read read) {
        long start = System.nanoTime();
        List<Planes> planes = redrawer.redraw(step.pass(), step.phase(), read.inputs());
        if (planes.size() != read.inputs().size())
            throw new IllegalStateException(
                    planes.size() + " results for " + read.inputs().size() + " tiles");
        for (int i = 0; i < planes.size(); i++)
            check(planes.get(i), read.inputs().get(i).tile());
        return new Redrawn(read, planes, secondsSince(start) / planes.size());
    }

    private static void check(Planes planes, Tile tile) {
        if (planes.batch() != 1
                || planes.channels() != 3
                || planes.width() != tile.read().width()
                || planes.height() != tile.read().height())
            throw new IllegalStateException("[%d, %d, %d, %d] for the tile that reads %s"
                    .formatted(planes.batch(), planes.channels(), planes.height(), planes.width(), tile.read()));
    }

    private void store(Redrawn redrawn) {
        for (int i = 0; i < redrawn.planes().size(); i++) {
            Tile tile = redrawn.read().inputs().get(i).tile();
            double before = redrawn.read().seconds() + redrawn.seconds();
            long start = System.nanoTime();
            if (drawn.needs(tile)) {
                if (!results.store(tile, redrawn.planes().get(i), before))
                    run.reporter().noticedOnce(UNLIKE);
                drawn.stored(tile);
            }
            drawn.drawn(tile);
            run.account().drew();
            run.reporter().stored(tile, redrawn.read().seconds(), redrawn.seconds(), secondsSince(start));
        }
    }

    /** Waits until {@code most} are left, and looks at all that are ready, so that a full disk is noticed at once. */
    private static void shorten(Deque<Future<?>> behind, int most) {
        while (!behind.isEmpty() && (behind.size() > most || behind.peek().isDone())) Threads.await(behind.remove());
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
