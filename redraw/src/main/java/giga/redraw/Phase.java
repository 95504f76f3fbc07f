package giga.redraw;

import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles that all read the canvas as it was when the phase began; their results become its next state together.
 *
 * @param tiles at least one, wave by wave and row by row; all their reads have one size, so that any of them may share a batch
 */
public record Phase(String name, Kind kind, List<Tile> tiles) {
    /** What a phase is to its pass. */
    public enum Kind {
        /** The picture is drawn: the cores of all tiles of all such phases of a pass partition the canvas. */
        DRAW,
        /**
         * The picture is drawn in waves: a tile also sees what the tiles of earlier waves have become, which are those to
         * its left and above. A wave holds the tiles of one column + 2 · row.
         */
        WAVES,
        /** What was drawn is drawn once more where tiles met, and laid over it: cores lie where they are needed. */
        SEAM;

        /** Whether the picture is drawn, and not mended. */
        public boolean draws() {
            return this != SEAM;
        }
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

    /** In which wave a tile is drawn, from 0; all in the same where there are no waves. */
    public int wave(Tile tile) {
        return wave(kind, tile);
    }

    private static int wave(Kind kind, Tile tile) {
        return kind == Kind.WAVES ? tile.column() + 2 * tile.row() : 0;
    }

    /**
     * The tiles in groups of {@code size}, the last one of a wave smaller when they do not divide. The groups are part of
     * the plan: networks may answer in another last bit when a tile has other company, so a resume repeats whole groups.
     */
    public List<List<Tile>> batches(int size) {
        List<List<Tile>> batches = new ArrayList<>();
        for (int from = 0, to; from < tiles.size(); from = to) {
            to = from + 1;
            while (to < tiles.size() && to < from + size && wave(tiles.get(to)) == wave(tiles.get(from))) to++;
            batches.add(tiles.subList(from, to));
        }
        return batches;
    }
}
