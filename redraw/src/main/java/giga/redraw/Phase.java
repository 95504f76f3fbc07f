package giga.redraw;

import java.util.ArrayList;
import java.util.List;

/**
 * Tiles that all read the canvas as it was when the phase began; their results become its next state together.
 *
 * @param tiles at least one, row by row
 */
public record Phase(String name, List<Tile> tiles) {
    public Phase {
        tiles = List.copyOf(tiles);
        if (name.isBlank() || tiles.isEmpty()) throw new IllegalArgumentException("phase '" + name + "' has no tiles");
    }

    /**
     * The tiles in groups of {@code size}, the last one smaller when they do not divide. The groups are part of the plan:
     * networks may answer in another last bit when a tile has other company, so a resume repeats whole groups.
     */
    public List<List<Tile>> batches(int size) {
        List<List<Tile>> batches = new ArrayList<>();
        for (int from = 0; from < tiles.size(); from += size)
            batches.add(tiles.subList(from, Math.min(from + size, tiles.size())));
        return batches;
    }
}
