package giga.redraw.run;

import giga.canvas.Pixels;
import giga.redraw.Tile;

/** @param pixels of {@link Tile#read}, from the canvas as it was when the phase began */
public record TileInput(Tile tile, Pixels pixels) {}
