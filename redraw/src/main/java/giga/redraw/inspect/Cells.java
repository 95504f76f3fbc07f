package giga.redraw.inspect;

import giga.canvas.Region;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A picture cut into as good as equal regions, few enough for a map of them to take the same memory for any picture.
 *
 * @param bounds the picture
 */
record Cells(Region bounds, int columns, int rows) {
    private static final int MOST_PER_AXIS = 256;

    /** Regions of about {@code side} pixels, or the double, fourfold, … of it in pictures that would have too many. */
    static Cells of(Region bounds, int side) {
        int longest = Math.max(bounds.width(), bounds.height());
        int least = side;
        while (Math.ceilDiv(longest, least) > MOST_PER_AXIS) least *= 2;
        return new Cells(bounds, Math.ceilDiv(bounds.width(), least), Math.ceilDiv(bounds.height(), least));
    }

    Region at(int column, int row) {
        int x = cut(column, columns, bounds.width());
        int y = cut(row, rows, bounds.height());
        return new Region(x, y, cut(column + 1, columns, bounds.width()) - x, cut(row + 1, rows, bounds.height()) - y);
    }

    /** Some neighbours of one row, from left to right. */
    List<Region> ofRow(int row, int fromColumn, int toColumn) {
        return IntStream.range(fromColumn, toColumn)
                .mapToObj(column -> at(column, row))
                .toList();
    }

    private static int cut(int i, int count, int length) {
        return (int) ((long) length * i / count);
    }
}
