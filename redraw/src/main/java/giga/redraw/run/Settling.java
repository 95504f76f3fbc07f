package giga.redraw.run;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.ZarrPicture;
import giga.redraw.Blend;
import giga.redraw.Drawn;
import giga.redraw.Front;
import giga.redraw.Tile;
import giga.redraw.job.DamagedTileException;
import giga.redraw.job.TileResults;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.LongConsumer;

/**
 * Makes a phase's results the canvas' next state, chunk by chunk, while later tiles are still drawn: a chunk as soon as all
 * tiles that touch it are there. Results that are needed no longer are deleted, so a phase never has all of them on disk.
 * Chunks that are there are left alone and every other is made from the same inputs whoever makes it, so it may be broken
 * off at any time.
 */
final class Settling implements TilePipeline.Results, AutoCloseable {
    private final RunContext run;
    private final Front front;
    private final Blend blend;
    private final ZarrPicture old;
    private final TileResults results;
    private final ZarrPicture settled;
    private final ExecutorService workers;
    private RuntimeException failure;
    private Error error;
    private LongConsumer chunksDone = count -> {};

    Settling(RunContext run, Front front, Blend blend, ZarrPicture old, TileResults results, ZarrPicture settled) {
        this.run = run;
        this.front = front;
        this.blend = blend;
        this.old = old;
        this.results = results;
        this.settled = settled;
        this.workers = Threads.named("settle", run.options().settlers());
    }

    /** Tiles that an earlier run has left. */
    synchronized void found(List<Tile> tiles) {
        front.ready().forEach(this::submit);
        for (Tile tile : tiles) front.stored(tile).forEach(this::submit);
    }

    @Override
    public synchronized boolean needs(Tile tile) {
        return front.needs(tile);
    }

    @Override
    public synchronized void stored(Tile tile) {
        front.stored(tile).forEach(this::submit);
    }

    @Override
    public void drawn(Tile tile) {
        List<Tile> spent;
        synchronized (this) {
            spent = front.drawn(tile);
        }
        delete(spent);
    }

    /** Throws what went wrong while chunks were settled. */
    @Override
    public synchronized void check() {
        if (error != null) throw error;
        if (failure != null) throw failure;
    }

    /**
     * Waits for the chunks that can be settled.
     *
     * @param done called with the count of chunks that are there, by one thread at a time
     */
    void finish(LongConsumer done) {
        synchronized (this) {
            chunksDone = done;
        }
        workers.close();
        check();
    }

    @Override
    public void close() {
        workers.shutdown();
        workers.close();
    }

    private void submit(ChunkIndex chunk) {
        workers.submit(() -> attempt(chunk));
    }

    private void attempt(ChunkIndex chunk) {
        synchronized (this) {
            if (failure != null || error != null || !front.isReady(chunk)) return;
        }
        try {
            run.stop().check();
            settle(chunk);
            List<Tile> spent;
            synchronized (this) {
                spent = front.settled(chunk);
                chunksDone.accept(front.settledChunks());
            }
            delete(spent);
        } catch (DamagedTileException e) {
            lost(e);
        } catch (RuntimeException e) {
            synchronized (this) {
                if (failure == null) failure = e;
            }
        } catch (Error e) {
            synchronized (this) {
                if (error == null) error = e;
            }
        }
    }

    /** A tile is to be drawn again. */
    synchronized void lost(DamagedTileException damage) {
        if (!front.isThere(damage.tile())) return;
        front.lost(damage.tile());
        try {
            run.damage().found(damage, results);
        } catch (RuntimeException e) {
            if (failure == null) failure = e;
        }
    }

    private void settle(ChunkIndex index) {
        Region region = settled.grid().region(index);
        // Read also where nothing changes: a link to a damaged chunk would outlive what it can be mended from.
        Pixels before = old.readChunk(index);
        if (blend.touching(region).isEmpty()) settled.linkChunk(index, old);
        else settled.writeChunk(index, settled(region, before, blend, results));
    }

    private void delete(List<Tile> spent) {
        if (!run.options().keep()) spent.forEach(results::deletePixels);
    }

    /** The region's pixels in the next state. */
    static Pixels settled(Region region, Pixels before, Blend blend, TileResults results) {
        List<Drawn> drawn = new ArrayList<>();
        for (Tile tile : blend.touching(region))
            drawn.add(results.read(tile, tile.write().intersection(region)));
        return blend.settle(region, before, drawn);
    }
}
