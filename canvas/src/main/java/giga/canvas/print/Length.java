package giga.canvas.print;

import giga.canvas.PictureException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length as people write it: {@code 1in}, {@code 29.7cm}, {@code 8 ft}.
 *
 * @param value more than 0
 */
public record Length(double value, Unit unit) {
    static final double LONGEST_INCHES = 100_000;
    private static final double SHORTEST_INCHES = 1e-3;
    private static final Pattern FORM = Pattern.compile("(?<value>[-+]?[0-9.]{1,20})\\s*(?<unit>[\\p{L}\"'″′]*)");

    /** A unit and how many inches it has. */
    public enum Unit {
        IN(1, "in", "inch", "inches", "\"", "″"),
        MM(1 / 25.4, "mm"),
        CM(1 / 2.54, "cm"),
        M(1000 / 25.4, "m"),
        FT(12, "ft", "foot", "feet", "'", "′");

        final double inches;
        private final String[] names;

        Unit(double inches, String... names) {
            this.inches = inches;
            this.names = names;
        }

        private static Unit of(String name, String text) {
            for (Unit unit : values()) for (String known : unit.names) if (known.equalsIgnoreCase(name)) return unit;
            throw new PictureException(
                    name.isEmpty()
                            ? "'" + text + "' has no unit; write it as 1in, 25mm, 2.5cm, 1m or 8ft"
                            : "'" + text + "': there is no unit '" + name + "'; choose one of in, mm, cm, m, ft");
        }
    }

    public Length {
        double inches = value * unit.inches;
        if (!(inches >= SHORTEST_INCHES && inches <= LONGEST_INCHES))
            throw new PictureException("'" + written(value, unit) + "' is no length that can be used; give one between "
                    + written(SHORTEST_INCHES, Unit.IN) + " and " + written(LONGEST_INCHES, Unit.IN));
    }

    /** @throws PictureException when the text is no length, or one that makes no sense */
    public static Length parse(String text) {
        return parse(text, "");
    }

    /** @param otherwise the unit of a number that has none */
    static Length parse(String text, String otherwise) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches() || !parts.group("value").matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)"))
            throw new PictureException("'" + text + "' is no length; write it as 1in, 25mm, 2.5cm, 1m or 8ft");
        String name = parts.group("unit").isEmpty() ? otherwise : parts.group("unit");
        return new Length(Double.parseDouble(parts.group("value")), Unit.of(name, text));
    }

    static Length inches(double inches) {
        return new Length(inches, Unit.IN);
    }

    public double inches() {
        return value * unit.inches;
    }

    /** Pixels it takes at so many dots per inch, not rounded. */
    public double pixels(double dpi) {
        return inches() * dpi;
    }

    @Override
    public String toString() {
        return written(value, unit);
    }

    private static String written(double value, Unit unit) {
        return number(value) + unit.name().toLowerCase(Locale.ROOT);
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
