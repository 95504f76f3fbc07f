package giga.canvas.resample;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.store.ChunkGrid;
import giga.canvas.store.ZarrPicture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Changes the size of pictures to the same bytes as Pillow's {@code Image.resize}: separable, antialiased when reducing,
 * 22-bit fixed point, rounded to 8 bits after each pass.
 */
public final class Resample {
    /** The work is held up by the disk as much as by arithmetic; a few threads keep both busy in little memory. */
    private static final int WORKERS = 4;

    private static final int BLOCK_CHUNKS = 8;
    private static final int ROWS_AHEAD = 2;

    private Resample() {}

    /** The picture at another size, computed region by region as it is read; any region has the bytes it has in the whole. */
    public static Picture resized(Picture in, int width, int height, Filter filter) {
        return ResizedPicture.of(in, width, height, filter);
    }

    public static Pixels resize(Pixels in, int width, int height, Filter filter) {
        return resized(in, width, height, filter).read(new Region(0, 0, width, height));
    }

    /**
     * Fills {@code out} with {@code in} at the size of {@code out}, in some tens of megabytes whatever the sizes. Blocks
     * whose chunks are all there already are left alone: called again after a kill, on the same pictures, it goes on where
     * it was. So {@code out} must be new, or left by an earlier call for the same input and filter.
     *
     * @param rowsDone called on the calling thread with the count of finished rows of {@code out}; may throw to stop
     */
    public static void resize(Picture in, ZarrPicture out, Filter filter, IntConsumer rowsDone) {
        Picture resized = resized(in, out.width(), out.height(), filter);
        ChunkGrid grid = out.grid();
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            try {
                Deque<List<Future<?>>> ahead = new ArrayDeque<>();
                for (int row = 0; row < grid.rows() + ROWS_AHEAD; row++) {
                    if (row < grid.rows()) ahead.add(submit(blocks(grid, row), resized, out, workers));
                    if (row < ROWS_AHEAD) continue;
                    for (Future<?> block : ahead.remove()) block.get();
                    rowsDone.accept(Math.min(out.height(), (row - ROWS_AHEAD + 1) * grid.side()));
                }
            } catch (Throwable e) {
                workers.shutdownNow();
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PictureException(
                    "Resizing into " + out.directory() + " was interrupted; run it again to go on.", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static List<Future<?>> submit(
            List<Region> blocks, Picture resized, ZarrPicture out, ExecutorService workers) {
        List<Future<?>> submitted = new ArrayList<>();
        for (Region block : blocks) {
            if (!out.grid().touching(block).allMatch(out::hasChunk))
                submitted.add(workers.submit(() -> out.write(block.x(), block.y(), resized.read(block))));
        }
        return submitted;
    }

    /** A row of chunks in blocks of several chunks, since neighbouring chunks read the same input. */
    private static List<Region> blocks(ChunkGrid grid, int row) {
        List<Region> blocks = new ArrayList<>();
        int width = BLOCK_CHUNKS * grid.side();
        int y = row * grid.side();
        for (int x = 0; x < grid.width(); x += width)
            blocks.add(new Region(x, y, Math.min(width, grid.width() - x), Math.min(grid.side(), grid.height() - y)));
        return blocks;
    }

    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof Error error) throw error;
        return (RuntimeException) cause;
    }
}
