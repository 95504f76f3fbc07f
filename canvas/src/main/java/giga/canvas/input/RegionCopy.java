package giga.canvas.input;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Copies a picture of tiles, several parts at a time. The parts lie on the grid of the chunks they go to, as the picture is seen, and
 * are so large that few tiles touch two of them.
 */
final class RegionCopy {
    private static final int CHUNK = 512;
    private static final int MAX_THREADS = 4;

    private final RegionDecoder decoder;
    private final BlockSink out;
    private final IntConsumer rowsDone;
    private final PictureInfo seen;
    private final int partWidth;
    private final int partHeight;
    private volatile boolean stopped;
    private volatile RuntimeException failure;

    RegionCopy(RegionDecoder decoder, BlockSink out, IntConsumer rowsDone) {
        this.decoder = decoder;
        this.out = out;
        this.rowsDone = rowsDone;
        this.seen = decoder.header().seen();
        boolean transposed = decoder.header().orientation().transposed();
        this.partWidth = partSide(transposed ? decoder.tileHeight() : decoder.tileWidth(), seen.width());
        int height = partSide(transposed ? decoder.tileWidth() : decoder.tileHeight(), seen.height());
        this.partHeight =
                Math.min(height, Math.max(leastHeight(transposed), Limits.PART_BYTES / 3 / partWidth / CHUNK * CHUNK));
    }

    /** A row of chunks, or as much as a tile needs that is not to be decoded several times. */
    private int leastHeight(boolean transposed) {
        int tile = transposed ? decoder.tileWidth() : decoder.tileHeight();
        int whole = Math.ceilDiv(tile, CHUNK) * CHUNK;
        return 3L * partWidth * whole <= Limits.MAX_TILE_BYTES ? whole : CHUNK;
    }

    /** Tiles that fit the chunks touch one part only; of others a part holds some sixteen, so that most of them do. */
    private static int partSide(int tile, int side) {
        int part = CHUNK % tile == 0 || tile % CHUNK == 0 ? Math.max(2 * CHUNK, tile) : Math.min(8 * CHUNK, 4 * tile);
        return Math.min(Math.ceilDiv(side, CHUNK), Math.ceilDiv(Math.max(part, tile), CHUNK)) * CHUNK;
    }

    void run() throws IOException {
        decoder.check();
        ExecutorService workers = Executors.newFixedThreadPool(threads());
        Deque<Future<?>> ahead = new ArrayDeque<>();
        try {
            for (int y = 0; y < seen.height(); y += partHeight) {
                int height = Math.min(partHeight, seen.height() - y);
                for (int x = 0; x < seen.width(); x += partWidth) {
                    Region part = new Region(x, y, Math.min(partWidth, seen.width() - x), height);
                    if (ahead.size() >= 2 * threads()) await(ahead.remove());
                    ahead.add(workers.submit(() -> {
                        copy(part);
                        return null;
                    }));
                }
                tell(y);
            }
            while (!ahead.isEmpty()) await(ahead.remove());
            tell(seen.height());
        } finally {
            // Not by interrupting them, which would close the file under the reader.
            stopped = true;
            workers.shutdown();
            workers.close();
        }
    }

    /** Rethrows what the receiving side threw, if it did. */
    void rethrowFailure() {
        if (failure != null) throw failure;
    }

    private int threads() {
        long each = 4L * 3 * Math.max((long) partWidth * partHeight, (long) decoder.tileWidth() * decoder.tileHeight());
        long room = Math.max(1, Runtime.getRuntime().maxMemory() / 2 / each);
        return (int) Math.clamp(Runtime.getRuntime().availableProcessors(), 1, Math.min(MAX_THREADS, room));
    }

    private void copy(Region part) throws IOException {
        if (stopped) return;
        Header header = decoder.header();
        Region stored = header.orientation().stored(part, header.width(), header.height());
        Pixels pixels = header.orientation().turn(decoder.read(stored));
        try {
            out.write(part.x(), part.y(), pixels);
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private void tell(int rows) {
        try {
            rowsDone.accept(rows);
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private void await(Future<?> part) throws IOException {
        try {
            // What is done already can be had without an interrupt being noticed.
            if (Thread.interrupted()) throw new InterruptedException();
            part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case PictureException told -> throw told;
                case RuntimeException damage -> throw damage;
                case IOException damage -> throw damage;
                default -> throw new IOException(e.getCause());
            }
        }
    }
}
