package giga.redraw;

import java.util.List;

/** Tiles that all read the canvas as it was when the phase began; their results become its next state together. */
public record Phase(String name, List<Tile> tiles) {
    public Phase {
        tiles = List.copyOf(tiles);
    }
}
