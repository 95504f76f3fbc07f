package giga.redraw;

import giga.canvas.Region;

/**
 * One piece of work of a phase; all rectangles are in pixels of the pass' canvas.
 *
 * @param index its number within the pass: tiles that draw row by row from 0, then those of the seams; also its name in
 *     the ledger
 * @param read what the networks see, inside the canvas, the same size for all tiles of a phase
 * @param core what the tile is responsible for; the cores of all tiles that draw partition the canvas exactly
 * @param write what its result may change: the core, grown by the feather beyond each border that is not the canvas' rim
 * @throws IllegalArgumentException unless read contains write, and write contains core
 */
public record Tile(int index, int column, int row, Region read, Region core, Region write) {
    public Tile {
        if (index < 0 || column < 0 || row < 0 || !read.contains(write) || !write.contains(core))
            throw new IllegalArgumentException(
                    "tile %d: core %s, write %s, read %s".formatted(index, core, write, read));
    }

    static Tile at(int index, int column, int row, Axis.Slot x, Axis.Slot y) {
        return new Tile(
                index,
                column,
                row,
                region(x.read(), y.read()),
                region(x.core(), y.core()),
                region(x.write(), y.write()));
    }

    private static Region region(Axis.Span x, Axis.Span y) {
        return new Region(x.start(), y.start(), x.length(), y.length());
    }
}
