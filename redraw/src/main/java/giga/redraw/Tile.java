package giga.redraw;

import giga.canvas.Region;

/**
 * One piece of work of a phase.
 *
 * @param index its number within the pass, row by row from 0; also its name in the ledger
 * @param read what the networks see, inside the canvas, the same size for all tiles of a pass
 * @param core what the tile is responsible for; the cores of a pass partition the canvas exactly
 */
public record Tile(int index, int column, int row, Region read, Region core) {}
