package giga.redraw;

import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles that all read the canvas as it was when the phase began; their results become its next state together.
 *
 * @param tiles at least one, row by row; all their reads have one size, so that any of them may share a batch
 */
public record Phase(String name, Kind kind, List<Tile> tiles) {
    /** What a phase is to its pass. */
    public enum Kind {
        /** The picture is drawn: the cores of all tiles of all such phases of a pass partition the canvas. */
        DRAW,
        /** What was drawn is drawn once more where tiles met, and laid over it: cores lie where they are needed. */
        SEAM
    }

    public Phase {
        tiles = List.copyOf(tiles);
        if (name.isBlank() || tiles.isEmpty()) throw new IllegalArgumentException("phase '" + name + "' has no tiles");
        Region first = tiles.getFirst().read();
        for (Tile tile : tiles) {
            Region read = tile.read();
            if (read.width() != first.width() || read.height() != first.height())
                throw new IllegalArgumentException("phase '%s': tile %d reads %s, tile %d another size, %s"
                        .formatted(name, tiles.getFirst().index(), first, tile.index(), read));
        }
    }

    /** Pixels that the networks see of each tile. */
    public long networkPixels() {
        Region read = tiles.getFirst().read();
        return Padding.of(read.width(), read.height()).area();
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
