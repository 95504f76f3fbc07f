package giga.redraw.run;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.ZarrPicture;
import giga.redraw.Blend;
import giga.redraw.Drawn;
import giga.redraw.Tile;
import giga.redraw.job.TileResults;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * Makes a phase's results the canvas' next state, chunk by chunk. Chunks that are there are left alone and every other is
 * made from the same inputs whoever makes it, so it may be broken off and called again at any time.
 */
record Settling(Blend blend, ZarrPicture old, TileResults results, ZarrPicture settled, Stop stop) {

    /** @param chunksDone called with the count of chunks that are there, by one thread at a time */
    void run(int threads, LongConsumer chunksDone) {
        Iterator<ChunkIndex> chunks = settled.grid().chunks().iterator();
        Counter counter = new Counter(chunksDone);
        AtomicBoolean failed = new AtomicBoolean();
        try (ExecutorService workers = Threads.named("settle", threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(() -> {
                    try {
                        for (ChunkIndex index; !failed.get() && (index = next(chunks)) != null; counter.count())
                            if (!settled.hasChunk(index)) settle(index);
                    } catch (Throwable e) {
                        failed.set(true);
                        throw e;
                    }
                }));
            }
            running.forEach(Threads::await);
        }
    }

    private void settle(ChunkIndex index) {
        stop.check();
        Region region = settled.grid().region(index);
        // Read also where nothing changes: a link to a damaged chunk would outlive what it can be mended from.
        Pixels before = old.readChunk(index);
        if (blend.touching(region).isEmpty()) settled.linkChunk(index, old);
        else settled.writeChunk(index, settled(region, before, blend, results));
    }

    /** The region's pixels in the next state. */
    static Pixels settled(Region region, Pixels before, Blend blend, TileResults results) {
        List<Drawn> drawn = new ArrayList<>();
        for (Tile tile : blend.touching(region))
            drawn.add(results.read(tile, tile.write().intersection(region)));
        return blend.settle(region, before, drawn);
    }

    private static ChunkIndex next(Iterator<ChunkIndex> chunks) {
        synchronized (chunks) {
            return chunks.hasNext() ? chunks.next() : null;
        }
    }

    private static final class Counter {
        private final LongConsumer done;
        private long count;

        Counter(LongConsumer done) {
            this.done = done;
        }

        synchronized void count() {
            done.accept(++count);
        }
    }
}
