package giga.redraw.upscale;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.canvas.store.ChunkGrid;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.ZarrPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A picture at another size by a network, as A1111 has it: the network again and again until no side is too short, each
 * time rounded to 8 bits, then Lanczos to the exact size.
 *
 * <p>It is worked on in blocks of whole chunks, each from its own windows of the source: nothing lies between source and
 * result, on disk or in memory, but what one block needs. A block's bytes follow from the sizes, the source and the
 * network, whoever computes it and when.
 */
public final class Enlargement {
    /** Lanczos reaches so many pixels, of whichever of the two pictures has the larger ones. */
    private static final int REACH = 3;

    private final ChunkGrid grid;
    private final int blockWidth;
    private final int blockHeight;
    private final HeldRegion upscaled;
    private final Picture result;

    /** @param grid the result's */
    public Enlargement(Picture source, TileUpscaler network, ChunkGrid grid) {
        this.grid = grid;
        int levels = levels(source, network, grid);
        double factor = Math.pow(network.scale(), levels);
        // How many pixels of the result one of the last network's input becomes.
        double perInput = Math.min(
                network.scale() * grid.width() / (factor * source.width()),
                network.scale() * grid.height() / (factor * source.height()));
        this.blockWidth = block(grid.width(), network.side() * perInput);
        this.blockHeight = block(grid.height(), network.side() * perInput);
        Picture last = source;
        int[] widest = needs(network, levels, longest(blockWidth, (int) (factor * source.width()), grid.width()));
        int[] highest = needs(network, levels, longest(blockHeight, (int) (factor * source.height()), grid.height()));
        for (int level = 0; level < levels; level++)
            last = UpscaledPicture.of(last, network, widest[level], highest[level]);
        this.upscaled = new HeldRegion(last);
        this.result = Resample.resized(upscaled, grid.width(), grid.height(), Filter.LANCZOS);
    }

    /** How often the network is to be run; once at least, and a network that enlarges nothing no more than that. */
    private static int levels(Picture source, TileUpscaler network, ChunkGrid grid) {
        int levels = 1;
        if (network.scale() == 1) return levels;
        long factor = network.scale();
        while (factor * source.width() < grid.width() || factor * source.height() < grid.height()) {
            factor *= network.scale();
            levels++;
        }
        return levels;
    }

    /** Side of a block: whole chunks, blocks as even as may be. */
    private int block(int whole, double wanted) {
        int chunks = Math.max(1, (int) (wanted / grid.side()));
        int blocks = Math.ceilDiv(whole, chunks * grid.side());
        return Math.ceilDiv(Math.ceilDiv(whole, blocks), grid.side()) * grid.side();
    }

    /** How long the regions are that are read of each level's result, the first level's first. */
    private static int[] needs(TileUpscaler network, int levels, int ofLast) {
        int[] needs = new int[levels];
        needs[levels - 1] = ofLast;
        for (int level = levels - 2; level >= 0; level--)
            needs[level] = UpscaledPicture.of(new Pixels(1, 1), network, needs[level + 1], 1)
                            .windowWidth()
                    + network.multiple();
        return needs;
    }

    private static int longest(int block, int in, int out) {
        if (in == out) return block;
        double scale = (double) in / out;
        return (int) Math.min(in, Math.ceil(block * scale) + 2 * (Math.ceil(REACH * Math.max(1, scale)) + 1) + 1);
    }

    /** The block that a chunk belongs to. */
    public Region block(ChunkIndex chunk) {
        Region region = grid.region(chunk);
        int x = region.x() / blockWidth * blockWidth;
        int y = region.y() / blockHeight * blockHeight;
        return new Region(x, y, Math.min(blockWidth, grid.width() - x), Math.min(blockHeight, grid.height() - y));
    }

    /** All blocks, row by row. */
    List<Region> blocks() {
        List<Region> blocks = new ArrayList<>();
        for (int y = 0; y < grid.height(); y += blockHeight)
            for (int x = 0; x < grid.width(); x += blockWidth)
                blocks.add(block(new ChunkIndex(x / grid.side(), y / grid.side())));
        return blocks;
    }

    /** The pixels of a block; the network is run on the calling thread. */
    public Pixels compute(Region block) {
        upscaled.hold(needed(block));
        return result.read(block);
    }

    private Region needed(Region block) {
        int left = needed(block.x(), -1, upscaled.width(), grid.width());
        int top = needed(block.y(), -1, upscaled.height(), grid.height());
        return new Region(
                left,
                top,
                needed(block.right(), 1, upscaled.width(), grid.width()) - left,
                needed(block.bottom(), 1, upscaled.height(), grid.height()) - top);
    }

    /** Where what Lanczos needs begins (direction -1) or ends (1) for a border in the result. */
    private static int needed(int border, int direction, int in, int out) {
        if (in == out) return border;
        double scale = (double) in / out;
        int reach = (int) Math.ceil(REACH * Math.max(1, scale)) + 1;
        double at = border * scale;
        return Math.clamp((int) (direction < 0 ? Math.floor(at) : Math.ceil(at)) + direction * reach, 0, in);
    }

    /**
     * Fills {@code out}, whose grid is this one's. Chunks that are there are left alone: called again after a kill it goes
     * on where it was.
     *
     * @param rowsDone called with how much is done, in rows; may throw to stop
     */
    public void fill(ZarrPicture out, IntConsumer rowsDone) {
        if (!out.grid().equals(grid)) throw new IllegalArgumentException(out.grid() + " instead of " + grid);
        long done = 0;
        for (Region block : blocks()) {
            List<ChunkIndex> missing =
                    grid.touching(block).filter(chunk -> !out.hasChunk(chunk)).toList();
            if (!missing.isEmpty()) {
                Pixels pixels = compute(block);
                for (ChunkIndex chunk : missing) out.writeChunk(chunk, cut(chunk, pixels, block));
            }
            done += block.area();
            rowsDone.accept((int) (done / grid.width()));
        }
    }

    /** A chunk of a block that was computed. */
    public Pixels cut(ChunkIndex chunk, Pixels block, Region at) {
        Region region = grid.region(chunk);
        return block.read(new Region(region.x() - at.x(), region.y() - at.y(), region.width(), region.height()));
    }
}
