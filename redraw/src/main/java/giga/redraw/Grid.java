package giga.redraw;

import giga.canvas.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A canvas cut into tiles, row by row: their cores partition it exactly, their reads all have one size and lie inside. */
public record Grid(Axis columns, Axis rows) {

    /** A canvas of width x height pixels in the tiling's layout. */
    public static Grid of(int width, int height, Request.Tiling tiling) {
        Layout layout = tiling.layout();
        return new Grid(layout.axis(width, tiling), layout.axis(height, tiling));
    }

    public int width() {
        return columns.length();
    }

    public int height() {
        return rows.length();
    }

    public long tileCount() {
        return (long) columns.count() * rows.count();
    }

    public Tile tile(int column, int row) {
        int index = row * columns.count() + column;
        return Tile.at(
                index, column, row, columns.slots().get(column), rows.slots().get(row));
    }

    /** What each tile is responsible for, row by row. */
    public List<Region> cores() {
        return tilesOfColour(0, 1).stream().map(Tile::core).toList();
    }

    /** All tiles in the order in which they are drawn; a phase without tiles is left out. */
    public List<Phase> phases(Request.Order order) {
        return switch (order) {
            case NONE -> List.of(new Phase("all", Phase.Kind.DRAW, tilesOfColour(0, 1)));
            case LINEAR -> List.of(new Phase("linear", Phase.Kind.WAVES, inWaves()));
            case CHESS -> {
                Phase even = new Phase("even", Phase.Kind.DRAW, tilesOfColour(0, 2));
                yield tileCount() == 1
                        ? List.of(even)
                        : List.of(even, new Phase("odd", Phase.Kind.DRAW, tilesOfColour(1, 2)));
            }
        };
    }

    private List<Tile> inWaves() {
        return tilesOfColour(0, 1).stream()
                .sorted(Comparator.<Tile>comparingInt(tile -> tile.column() + 2 * tile.row())
                        .thenComparingInt(Tile::index))
                .toList();
    }

    private List<Tile> tilesOfColour(int colour, int colours) {
        List<Tile> tiles = new ArrayList<>();
        for (int row = 0; row < rows.count(); row++) {
            for (int column = 0; column < columns.count(); column++) {
                if ((column + row) % colours == colour) tiles.add(tile(column, row));
            }
        }
        return tiles;
    }
}
