package giga.canvas.print;

import giga.canvas.PictureException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sheet of paper: {@code 8.5x11in}, {@code 210x297mm}, {@code 8ft x 10ft}, or by name, {@code A4}, {@code letter},
 * {@code A3 landscape}.
 */
public record PaperSize(Length width, Length height) {
    private static final Pattern SIDES = Pattern.compile("(?<width>[^xX×*]+)[xX×*](?<height>[^xX×*]+)");
    private static final Pattern NAME = Pattern.compile("(?<name>\\S+)(\\s+|-)(?<way>landscape|portrait)");
    private static final int LONGEST_TEXT = 80;

    private enum Named {
        A0(841, 1189, Length.Unit.MM),
        A1(594, 841, Length.Unit.MM),
        A2(420, 594, Length.Unit.MM),
        A3(297, 420, Length.Unit.MM),
        A4(210, 297, Length.Unit.MM),
        A5(148, 210, Length.Unit.MM),
        A6(105, 148, Length.Unit.MM),
        B1(707, 1000, Length.Unit.MM),
        B2(500, 707, Length.Unit.MM),
        LETTER(8.5, 11, Length.Unit.IN),
        LEGAL(8.5, 14, Length.Unit.IN),
        TABLOID(11, 17, Length.Unit.IN);

        private final PaperSize size;

        Named(double width, double height, Length.Unit unit) {
            this.size = new PaperSize(new Length(width, unit), new Length(height, unit));
        }
    }

    /**
     * @param text two sides with their unit behind the second or behind each, or a name; in any case, {@code landscape} behind a
     *     name turns the sheet
     * @throws PictureException when it is neither, or a side is zero, negative or longer than any sheet
     */
    public static PaperSize parse(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (words.length() > LONGEST_TEXT) throw unknown(words.substring(0, LONGEST_TEXT) + "…");
        Matcher turned = NAME.matcher(words);
        if (turned.matches()) {
            PaperSize size = named(turned.group("name"));
            return turned.group("way").equals("landscape") ? new PaperSize(size.height, size.width) : size;
        }
        Matcher sides = SIDES.matcher(words);
        return sides.matches() ? ofSides(sides.group("width"), sides.group("height"), words) : named(words);
    }

    private static PaperSize ofSides(String width, String height, String text) {
        try {
            Length down = Length.parse(height);
            return new PaperSize(Length.parse(width, down.unit().name()), down);
        } catch (PictureException e) {
            throw new PictureException("Paper '" + text + "': " + e.getMessage() + ".", e);
        }
    }

    private static PaperSize named(String name) {
        return Arrays.stream(Named.values())
                .filter(named -> named.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> unknown(name))
                .size;
    }

    private static PictureException unknown(String text) {
        return new PictureException("Paper '" + text
                + "' is no size; write it as 8.5x11in, 210x297mm or 8x10ft, or as one of "
                + String.join(
                                ", ",
                                Arrays.stream(Named.values()).map(Named::name).toList())
                        .toLowerCase(Locale.ROOT)
                + ".");
    }

    /** The sheet lying or standing as a picture does. */
    public PaperSize turnedLike(long pictureWidth, long pictureHeight) {
        boolean lies = width.inches() > height.inches();
        boolean square = width.inches() == height.inches() || pictureWidth == pictureHeight;
        return square || lies == pictureWidth > pictureHeight ? this : new PaperSize(height, width);
    }

    /** The longer of both sides. */
    public Length longSide() {
        return width.inches() > height.inches() ? width : height;
    }

    @Override
    public String toString() {
        return width.unit() == height.unit() ? Length.number(width.value()) + "x" + height : width + "x" + height;
    }
}
