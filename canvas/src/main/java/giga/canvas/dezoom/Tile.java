package giga.canvas.dezoom;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.dezoom.format.Level;
import java.io.IOException;
import java.util.Optional;

/** A tile of a level, as it lies in the picture. */
record Tile(Level level, int column, int row) {
    /** Servers round sizes in ways of their own. */
    private static final int MOST_MISSING = 3;

    /** The pixels that the tile is responsible for, out of all that it has; what is too much is cut off. */
    Pixels cut(Pixels tile) throws IOException {
        Region cell = level.cell(column, row);
        Region stored = level.stored(column, row);
        if (tile.width() < stored.width() - MOST_MISSING || tile.height() < stored.height() - MOST_MISSING)
            throw new IOException("the tile has %dx%d pixels where %dx%d belong"
                    .formatted(tile.width(), tile.height(), stored.width(), stored.height()));
        Pixels cut = new Pixels(cell.width(), cell.height());
        for (int y = 0; y < cut.height(); y++) {
            int from = Math.min(y + cell.y() - stored.y(), tile.height() - 1);
            for (int x = 0; x < cut.width(); x++) {
                int at = Math.min(x + cell.x() - stored.x(), tile.width() - 1);
                System.arraycopy(tile.rgb(), 3 * (from * tile.width() + at), cut.rgb(), 3 * (y * cut.width() + x), 3);
            }
        }
        return cut;
    }

    /** The same of a tile that was kept, which may have been a wrong one. */
    Optional<Pixels> fitting(Pixels tile) {
        try {
            return Optional.of(cut(tile));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Region cell() {
        return level.cell(column, row);
    }
}
