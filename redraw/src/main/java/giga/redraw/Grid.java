package giga.redraw;

import giga.canvas.Region;
import giga.redraw.Axis.Span;
import java.util.ArrayList;
import java.util.List;

/** A canvas cut into tiles, row by row: their cores partition it exactly, their reads all have one size and lie inside. */
public record Grid(Axis columns, Axis rows) {

    /** Layout "even" of a canvas of width x height pixels. */
    public static Grid even(int width, int height, Request.Tiling tiling) {
        return new Grid(Axis.even(width, tiling), Axis.even(height, tiling));
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
        Axis.Slot x = columns.slots().get(column);
        Axis.Slot y = rows.slots().get(row);
        return new Tile(
                row * columns.count() + column,
                column,
                row,
                region(x.read(), y.read()),
                region(x.core(), y.core()),
                region(x.write(), y.write()));
    }

    /** All tiles in the order in which they are drawn; a phase without tiles is left out. */
    public List<Phase> phases(Request.Order order) {
        return switch (order) {
            case NONE -> List.of(new Phase("all", Phase.Kind.DRAW, tilesOfColour(0, 1)));
            case CHESS -> {
                Phase even = new Phase("even", Phase.Kind.DRAW, tilesOfColour(0, 2));
                yield tileCount() == 1
                        ? List.of(even)
                        : List.of(even, new Phase("odd", Phase.Kind.DRAW, tilesOfColour(1, 2)));
            }
        };
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

    private static Region region(Span x, Span y) {
        return new Region(x.start(), y.start(), x.length(), y.length());
    }
}
