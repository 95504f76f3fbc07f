package giga.canvas.split;

import giga.canvas.PictureException;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How pieces make a picture: row by row from the upper left, those of a column equally wide and those of a row equally high.
 *
 * @param widths of the columns
 * @param heights of the rows
 * @param overlap pixels that neighbours share
 */
public record Arrangement(List<Integer> widths, List<Integer> heights, int overlap) {
    private static final int MOST_NAMED = 3;
    private static final int MOST_SIDE = 300_000;

    /** A piece's size, and its name for messages. */
    public record Piece(String name, int width, int height) {}

    public Arrangement {
        widths = List.copyOf(widths);
        heights = List.copyOf(heights);
        if (overlap < 0) throw new PictureException("overlap " + overlap + ": give 0 or more pixels.");
        checkOverlap(widths, overlap, "wide");
        checkOverlap(heights, overlap, "high");
        if (joined(widths, overlap) > MOST_SIDE || joined(heights, overlap) > MOST_SIDE)
            throw new PictureException(
                    "the pieces would make a picture of %dx%d pixels, more than %d a side; join fewer."
                            .formatted(joined(widths, overlap), joined(heights, overlap), MOST_SIDE));
    }

    private static void checkOverlap(List<Integer> sides, int overlap, String how) {
        int least = sides.stream().mapToInt(Integer::intValue).min().orElseThrow();
        if (sides.size() > 1 && overlap >= least)
            throw new PictureException(
                    "an overlap of %d pixels leaves nothing of a piece that is %d pixels %s; give less."
                            .formatted(overlap, least, how));
    }

    /**
     * The only arrangement that the pieces' sizes allow.
     *
     * @throws PictureException when there is none, with the pieces that stand in its way, or more than one
     */
    public static Arrangement found(List<Piece> pieces, int overlap) {
        List<Integer> possible = columnCounts(pieces);
        List<Integer> fitting = possible.stream()
                .filter(columns -> misfits(pieces, columns).isEmpty())
                .toList();
        if (fitting.size() == 1) return of(pieces, fitting.getFirst(), overlap);
        if (fitting.size() > 1)
            throw new PictureException("the %d pieces fit together in %s columns; say which by --columns."
                    .formatted(pieces.size(), numbers(fitting)));
        // A single row or column asks for less, so it wins only by fewer misfits.
        int nearest = possible.stream()
                .min(Comparator.<Integer>comparingInt(
                                columns -> misfits(pieces, columns).size())
                        .thenComparing(columns -> columns == 1 || columns == pieces.size()))
                .orElseThrow();
        throw refused(pieces, nearest);
    }

    /** @throws PictureException when the pieces make no whole rows of so many columns, or some do not fit; these are named */
    public static Arrangement of(List<Piece> pieces, int columns, int overlap) {
        if (columns < 1) throw new PictureException("columns " + columns + ": give 1 or more.");
        if (pieces.size() % columns != 0)
            throw new PictureException(
                    "%d pieces make no whole rows of %d columns; give all pieces, or other --columns."
                            .formatted(pieces.size(), columns));
        if (!misfits(pieces, columns).isEmpty()) throw refused(pieces, columns);
        return new Arrangement(
                pieces.subList(0, columns).stream().map(Piece::width).toList(),
                IntStream.range(0, pieces.size() / columns)
                        .mapToObj(row -> pieces.get(row * columns).height())
                        .toList(),
                overlap);
    }

    private static List<Integer> columnCounts(List<Piece> pieces) {
        return IntStream.rangeClosed(1, pieces.size())
                .filter(columns -> pieces.size() % columns == 0)
                .boxed()
                .toList();
    }

    /** Pieces of another width than the first of their column or another height than the first of their row. */
    private static List<Integer> misfits(List<Piece> pieces, int columns) {
        return IntStream.range(0, pieces.size())
                .filter(i -> pieces.get(i).width() != pieces.get(i % columns).width()
                        || pieces.get(i).height() != pieces.get(i - i % columns).height())
                .boxed()
                .toList();
    }

    private static PictureException refused(List<Piece> pieces, int columns) {
        List<Integer> misfits = misfits(pieces, columns);
        String named = misfits.stream()
                .limit(MOST_NAMED)
                .map(i -> "%s has %dx%d pixels where %dx%d fit"
                        .formatted(
                                pieces.get(i).name(),
                                pieces.get(i).width(),
                                pieces.get(i).height(),
                                pieces.get(i % columns).width(),
                                pieces.get(i - i % columns).height()))
                .collect(Collectors.joining(", "));
        String more = misfits.size() > MOST_NAMED ? " and %d more do not".formatted(misfits.size() - MOST_NAMED) : "";
        return new PictureException(
                "in %d %s the pieces do not fit together: %s%s; give them row by row, or other --columns."
                        .formatted(columns, columns == 1 ? "column" : "columns", named, more));
    }

    private static String numbers(List<Integer> numbers) {
        String all = numbers.stream().map(Object::toString).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return all.substring(0, last) + " or" + all.substring(last + 1);
    }

    public int width() {
        return (int) joined(widths, overlap);
    }

    public int height() {
        return (int) joined(heights, overlap);
    }

    private static long joined(List<Integer> sides, int overlap) {
        return sides.stream().mapToLong(Integer::longValue).sum() - (sides.size() - 1L) * overlap;
    }

    /** Where the pieces lie in the whole. */
    List<Region> places() {
        int[] lefts = starts(widths);
        int[] tops = starts(heights);
        List<Region> places = new ArrayList<>();
        for (int row = 0; row < tops.length; row++)
            for (int column = 0; column < lefts.length; column++)
                places.add(new Region(lefts[column], tops[row], widths.get(column), heights.get(row)));
        return places;
    }

    private int[] starts(List<Integer> sides) {
        int[] starts = new int[sides.size()];
        for (int i = 1; i < starts.length; i++) starts[i] = starts[i - 1] + sides.get(i - 1) - overlap;
        return starts;
    }
}
