package giga.redraw;

import giga.canvas.store.ChunkGrid;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.ZarrPicture;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The most bytes of pixels that a job has on disk at one time: the canvas that is read, the one that is written, and the
 * results of tiles, 16 bits a sample, until their chunks are settled; found by going through the plan without pixels. Where
 * windows go through the sampler together, also their latents.
 */
final class DiskUse {
    private static final int SAMPLES = 3;
    /** A chunk at the rim is stored whole. */
    private static final long CHUNK_BYTES = (long) SAMPLES * ZarrPicture.CHUNK_SIDE * ZarrPicture.CHUNK_SIDE;

    private static final int RESULT_BYTES = 2 * SAMPLES;
    private static final int LATENT_BYTES = 4 * Float.BYTES;

    private long peak;

    private DiskUse() {}

    /** @param calls of the denoiser for one tile of the draw */
    static long peak(Plan plan, ToIntFunction<Pass> calls) {
        DiskUse use = new DiskUse();
        long before = canvas(plan.sourceWidth(), plan.sourceHeight());
        for (Pass pass : plan.passes()) {
            long canvas = canvas(pass.width(), pass.height());
            use.reached(before + canvas);
            for (int phase = 0; phase < pass.phases().size(); phase++) use.phase(pass, phase, calls.applyAsInt(pass));
            before = canvas;
        }
        return use.peak;
    }

    private void phase(Pass pass, int number, int calls) {
        Phase phase = pass.phases().get(number);
        Blend blend = new Blend(pass, number);
        ChunkGrid grid = new ChunkGrid(pass.width(), pass.height(), ZarrPicture.CHUNK_SIDE);
        Front front = new Front(phase, blend, grid);
        long bytes = canvas(pass.width(), pass.height());
        if (pass.isJoined(phase)) bytes += latents(pass, calls);
        phase.tiles().forEach(front::willDraw);
        // Chunks that no tile touches are second names of the old.
        for (ChunkIndex chunk : front.ready()) front.settled(chunk);
        for (Tile tile : phase.tiles()) {
            bytes += result(tile);
            List<ChunkIndex> ready = front.stored(tile);
            bytes -= freed(front.drawn(tile));
            bytes += ready.size() * CHUNK_BYTES;
            reached(bytes);
            for (ChunkIndex chunk : ready) bytes -= freed(front.settled(chunk));
        }
    }

    private void reached(long bytes) {
        peak = Math.max(peak, bytes);
    }

    private static long latents(Pass pass, int calls) {
        Windows windows = Windows.of(pass.tiling(), pass.width(), pass.height());
        long values = (long) windows.width() * windows.height();
        for (int call = 0; call < calls; call++)
            values +=
                    windows.at(call).stream().mapToLong(window -> window.area()).sum();
        return LATENT_BYTES * values;
    }

    private static long freed(List<Tile> tiles) {
        return tiles.stream().mapToLong(DiskUse::result).sum();
    }

    private static long result(Tile tile) {
        return RESULT_BYTES * tile.write().area();
    }

    private static long canvas(int width, int height) {
        return new ChunkGrid(width, height, ZarrPicture.CHUNK_SIDE).count() * CHUNK_BYTES;
    }
}
