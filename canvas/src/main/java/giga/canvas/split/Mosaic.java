package giga.canvas.split;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.Arrays;
import java.util.List;

/** Pieces seen as the picture that they make. Of what neighbours share each shows the half that is nearer to its middle. */
public final class Mosaic implements Picture {
    private final List<Picture> pieces;
    private final List<Region> places;
    private final Region bounds;
    private final int[] columns;
    private final int[] rows;

    /** @param pieces row by row, of the sizes that the arrangement has */
    public Mosaic(Arrangement arrangement, List<Picture> pieces) {
        this.pieces = List.copyOf(pieces);
        this.places = arrangement.places();
        this.bounds = new Region(0, 0, arrangement.width(), arrangement.height());
        int across = arrangement.widths().size();
        int shared = arrangement.overlap() / 2;
        this.columns = new int[across];
        this.rows = new int[arrangement.heights().size()];
        for (int i = 1; i < columns.length; i++) columns[i] = places.get(i).x() + shared;
        for (int i = 1; i < rows.length; i++) rows[i] = places.get(i * across).y() + shared;
        for (int i = 0; i < pieces.size(); i++)
            if (!pieces.get(i)
                    .bounds()
                    .equals(new Region(
                            0, 0, places.get(i).width(), places.get(i).height())))
                throw new IllegalArgumentException(
                        "piece " + i + " is " + pieces.get(i).bounds());
    }

    @Override
    public int width() {
        return bounds.width();
    }

    @Override
    public int height() {
        return bounds.height();
    }

    @Override
    public Pixels read(Region region) {
        if (!bounds.contains(region)) throw new IllegalArgumentException(region + " lies outside " + bounds);
        int firstRow = at(rows, region.y());
        int lastRow = at(rows, region.bottom() - 1);
        int firstColumn = at(columns, region.x());
        int lastColumn = at(columns, region.right() - 1);
        if (firstRow == lastRow && firstColumn == lastColumn) return part(firstRow, firstColumn, region);
        Pixels whole = new Pixels(region.width(), region.height());
        for (int row = firstRow; row <= lastRow; row++)
            for (int column = firstColumn; column <= lastColumn; column++) {
                Region common = shown(row, column).intersection(region);
                copy(part(row, column, common), common, region, whole);
            }
        return whole;
    }

    /** The last of {@code starts} that is not beyond {@code position}. */
    private static int at(int[] starts, int position) {
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found : -found - 2;
    }

    private Region shown(int row, int column) {
        int right = column + 1 < columns.length ? columns[column + 1] : bounds.right();
        int bottom = row + 1 < rows.length ? rows[row + 1] : bounds.bottom();
        return new Region(columns[column], rows[row], right - columns[column], bottom - rows[row]);
    }

    private Pixels part(int row, int column, Region region) {
        int piece = row * columns.length + column;
        Region place = places.get(piece);
        return pieces.get(piece)
                .read(new Region(region.x() - place.x(), region.y() - place.y(), region.width(), region.height()));
    }

    private static void copy(Pixels part, Region place, Region region, Pixels whole) {
        for (int y = 0; y < place.height(); y++)
            System.arraycopy(
                    part.rgb(),
                    3 * y * place.width(),
                    whole.rgb(),
                    3 * ((place.y() - region.y() + y) * region.width() + place.x() - region.x()),
                    3 * place.width());
    }
}
