package giga.canvas.split;

import giga.canvas.Part;
import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * How a picture is cut into pieces, row by row from the upper left, to the pixel as ImageMagick's {@code -crop GEOMETRY +repage} does.
 *
 * @param pieces their size in percent ({@code 50%x50%}, the last ones of a row and column having what is left) or pixels
 *     ({@code 2048x2048}, {@code 2048x}, {@code x2048}), or how many there are across and down ({@code 3x2@})
 * @param overlap pixels that neighbours share. Pieces sized in pixels keep their size and become more; others keep their number and
 *     become larger
 */
public record Cut(String pieces, int overlap) {
    /** More files than anybody wants in a folder. */
    static final int MOST_PIECES = 100_000;

    /** @throws PictureException when that is no geometry */
    public Cut {
        Division.Pair.parse(pieces);
        if (overlap < 0) throw new PictureException("overlap " + overlap + ": give 0 or more pixels.");
    }

    /** The pieces of a picture, none of which is read before it is asked for. @throws PictureException as {@link #regions} */
    public List<Picture> of(Picture source) {
        return regions(source.width(), source.height()).stream()
                .<Picture>map(region -> new Part(source, region))
                .toList();
    }

    /** Where the pieces of a picture lie. @throws PictureException when it cannot be cut so, or into too many */
    public List<Region> regions(int width, int height) {
        Division.Pair division = Division.Pair.parse(pieces);
        Spans columns = division.columns().spans(width, overlap);
        Spans rows = division.rows().spans(height, overlap);
        long count = (long) columns.count() * rows.count();
        if (count > MOST_PIECES)
            throw new PictureException(
                    "pieces '%s': %dx%d pixels would become %d pieces, more than %d; make them larger."
                            .formatted(pieces, width, height, count, MOST_PIECES));
        List<Region> regions = new ArrayList<>((int) count);
        for (int row = 0; row < rows.count(); row++)
            for (int column = 0; column < columns.count(); column++) regions.add(region(columns, column, rows, row));
        return regions;
    }

    private static Region region(Spans columns, int column, Spans rows, int row) {
        int x = columns.starts()[column];
        int y = rows.starts()[row];
        return new Region(x, y, columns.ends()[column] - x, rows.ends()[row] - y);
    }
}
