package giga.canvas.output;

import giga.canvas.Region;
import giga.canvas.store.ChunkGrid;

/**
 * A picture and its reductions by two, cut into square tiles. Level 0 is the picture itself; a side of level n is that
 * of level n - 1 halved and rounded up.
 *
 * @param tile side of a tile in pixels
 * @param overlap pixels by which a tile reaches into each neighbour
 * @param levels how many, the picture counted
 */
record Pyramid(int width, int height, int tile, int overlap, int levels) {
    Pyramid {
        if (width < 1 || height < 1 || tile < 1 || overlap < 0 || levels < 1)
            throw new IllegalArgumentException(
                    width + "x" + height + ", tiles of " + tile + "+" + overlap + ", " + levels);
    }

    /** With as many levels as it takes until the longer side has {@code side} pixels or fewer. */
    static Pyramid downTo(int side, int width, int height, int tile, int overlap) {
        int levels = 1;
        while (reduced(Math.max(width, height), levels - 1) > side) levels++;
        return new Pyramid(width, height, tile, overlap, levels);
    }

    static int reduced(int side, int level) {
        return Math.ceilDiv(side, 1 << level);
    }

    /** The tiles of a level without what they overlap. */
    ChunkGrid grid(int level) {
        return new ChunkGrid(reduced(width, level), reduced(height, level), tile);
    }

    /** A tile with what it shares with its neighbours. */
    Region withOverlap(Region core, int level) {
        return core.grow(overlap, grid(level).bounds());
    }
}
