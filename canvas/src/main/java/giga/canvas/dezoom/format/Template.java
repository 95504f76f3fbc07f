package giga.canvas.dezoom.format;

import giga.canvas.PictureException;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address with {@code {{x}}} and {@code {{y}}} where the tile's column and row stand, {@code {{x:03}}} with zeros before it. How many
 * tiles there are is found out.
 */
public record Template(String pattern) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([xXyY])\\s*(?::0(\\d))?\\s*\\}\\}");
    private static final int LARGEST = 4096;

    /** Columns and rows. */
    public record Count(int columns, int rows) {}

    /** The template in an address, where it is one. @throws PictureException when it names only one of both */
    public static Optional<Template> in(String address) {
        if (!address.contains("{{")) return Optional.empty();
        boolean x = false;
        boolean y = false;
        for (Matcher place = PLACE.matcher(address); place.find(); ) {
            boolean column = place.group(1).equalsIgnoreCase("x");
            x |= column;
            y |= !column;
        }
        if (!x || !y)
            throw new PictureException(
                    address
                            + ": a template has {{x}} where the tile's column stands and {{y}} where its row does, or {{x:03}} with zeros before them.");
        return Optional.of(new Template(address));
    }

    /** The address of a tile. */
    public String address(int column, int row) {
        return PLACE.matcher(pattern).replaceAll(place -> {
            int number = place.group(1).equalsIgnoreCase("x") ? column : row;
            return place.group(2) == null
                    ? "" + number
                    : ("%0" + Math.max(1, Integer.parseInt(place.group(2))) + "d").formatted(number);
        });
    }

    /**
     * How many tiles there are: along the diagonal first, then along the longer side, each by doubling and halving.
     *
     * @param exists whether the tile of a column and a row is there; that of the first is
     */
    public static Count count(BiPredicate<Integer, Integer> exists) {
        int diagonal = last(0, n -> exists.test(n, n));
        int column = last(diagonal, n -> exists.test(n, diagonal));
        if (column > diagonal) return new Count(column + 1, diagonal + 1);
        return new Count(diagonal + 1, last(diagonal, n -> exists.test(diagonal, n)) + 1);
    }

    /** The largest number for which something holds, given that it holds for {@code known} and, once not, never again. */
    private static int last(int known, java.util.function.IntPredicate holds) {
        int least = known;
        int most = Integer.MAX_VALUE;
        while (most - least > 1) {
            int guess = most == Integer.MAX_VALUE ? 3 * least + 1 : (least + most) / 2;
            if (guess > LARGEST)
                throw new PictureException(
                        "more than %d tiles a side; a template's server seems to answer anything".formatted(LARGEST));
            if (holds.test(guess)) least = guess;
            else most = guess;
        }
        return least;
    }
}
