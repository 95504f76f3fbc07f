package giga.redraw.inspect.map;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;

/** A small picture of a large one, to draw upon in places of the large one. Needs no fonts and no screen. */
final class Sketch {
    private static final int SIDE = 1600;
    private static final int LARGEST = 4;
    private static final int LEGEND = 44;
    private static final int MARGIN = 10;

    private final Region picture;
    private final Region drawn;
    private final Pixels pixels;

    private Sketch(Region picture, Region drawn, Pixels pixels) {
        this.picture = picture;
        this.drawn = drawn;
        this.pixels = pixels;
    }

    /** The picture reduced to 1600 pixels at most, a small one enlarged. */
    static Pixels reduced(Picture picture) {
        double longest = Math.max(picture.width(), picture.height());
        double scale = SIDE / longest;
        if (scale > 1) scale = Math.min(LARGEST, (int) scale);
        int width = (int) Math.max(1, Math.round(picture.width() * scale));
        int height = (int) Math.max(1, Math.round(picture.height() * scale));
        Picture resized = Resample.resized(picture, width, height, Filter.BOX);
        return resized.read(resized.bounds());
    }

    /**
     * In grey and dimmed, with a black band for a legend below.
     *
     * @param picture the large one
     * @param reduced the same, small
     */
    static Sketch of(Region picture, Pixels reduced) {
        Pixels pixels = new Pixels(reduced.width(), reduced.height() + LEGEND);
        for (int y = 0; y < reduced.height(); y++) {
            for (int x = 0; x < reduced.width(); x++) {
                int grey =
                        (299 * reduced.sample(x, y, 0) + 587 * reduced.sample(x, y, 1) + 114 * reduced.sample(x, y, 2))
                                / 1000;
                for (int c = 0; c < 3; c++)
                    pixels.rgb()[3 * (y * pixels.width() + x) + c] = (byte) (16 + grey * 45 / 100);
            }
        }
        return new Sketch(picture, reduced.bounds(), pixels);
    }

    Pixels pixels() {
        return pixels;
    }

    /** Where a place of the large picture lies, at least {@code least} pixels a side. */
    Region at(Region place, int least) {
        int x = (int) ((long) place.x() * drawn.width() / picture.width());
        int y = (int) ((long) place.y() * drawn.height() / picture.height());
        int right = (int) Math.ceilDiv((long) place.right() * drawn.width(), picture.width());
        int bottom = (int) Math.ceilDiv((long) place.bottom() * drawn.height(), picture.height());
        int wider = Math.max(0, least - (right - x));
        int taller = Math.max(0, least - (bottom - y));
        return new Region(x - wider / 2, y - taller / 2, right - x + wider, bottom - y + taller).intersection(drawn);
    }

    /** @param opacity 0 to 1 */
    void fill(Region where, Colour colour, double opacity) {
        if (!pixels.bounds().intersects(where)) return;
        Region inside = where.intersection(pixels.bounds());
        for (int y = inside.y(); y < inside.bottom(); y++)
            for (int x = inside.x(); x < inside.right(); x++) blend(x, y, colour, opacity);
    }

    void frame(Region where, Colour colour, double opacity) {
        fill(new Region(where.x(), where.y(), where.width(), 1), colour, opacity);
        fill(new Region(where.x(), where.bottom() - 1, where.width(), 1), colour, opacity);
        fill(new Region(where.x(), where.y(), 1, where.height()), colour, opacity);
        fill(new Region(where.right() - 1, where.y(), 1, where.height()), colour, opacity);
    }

    /** A number in the middle of a region, as large as goes into it, up to four times its least size; none if none does. */
    void number(String digits, Region where, Colour colour) {
        for (int size = 4; size >= 1; size--) {
            int width = Digits.width(digits) * size;
            int height = Digits.HEIGHT * size;
            if (width + 2 > where.width() || height + 2 > where.height()) continue;
            int x = where.x() + (where.width() - width) / 2;
            int y = where.y() + (where.height() - height) / 2;
            write(digits, x, y, size, colour);
            return;
        }
    }

    /** A bar of colours with the values that they mean, evenly spaced from 0 to 1 of the scale. */
    void legend(ColourScale scale, String... ticks) {
        int left = MARGIN;
        int width = Math.min(drawn.width() - 2 * MARGIN, 520);
        if (width < 40) return;
        for (int x = 0; x < width; x++)
            fill(new Region(left + x, drawn.bottom() + 7, 1, 11), scale.at((double) x / (width - 1)), 1);
        int size = width < 300 ? 1 : 2;
        for (int i = 0; i < ticks.length; i++) {
            int wide = Digits.width(ticks[i]) * size;
            int x = left + i * (width - 1) / Math.max(1, ticks.length - 1) - wide / 2;
            write(
                    ticks[i],
                    Math.clamp(x, left, Math.max(left, left + width - wide)),
                    drawn.bottom() + 24,
                    size,
                    Colour.WHITE);
        }
    }

    /** Squares with a number each, from 1. */
    void legend(Colour... colours) {
        int x = MARGIN;
        for (int i = 0; i < colours.length; i++) {
            fill(new Region(x, drawn.bottom() + 14, 18, 18), colours[i], 1);
            String number = Integer.toString(i + 1);
            write(number, x + 24, drawn.bottom() + 16, 2, Colour.WHITE);
            x += 24 + Digits.width(number) * 2 + 22;
        }
    }

    private void write(String digits, int x, int y, int size, Colour colour) {
        for (int i = 0; i < digits.length(); i++)
            for (int row = 0; row < Digits.HEIGHT; row++)
                for (int column = 0; column < Digits.WIDTH; column++)
                    if (Digits.inked(digits.charAt(i), column, row))
                        fill(new Region(x + (i * Digits.STEP + column) * size, y + row * size, size, size), colour, 1);
    }

    private void blend(int x, int y, Colour colour, double opacity) {
        int at = 3 * (y * pixels.width() + x);
        mix(at, colour.red(), opacity);
        mix(at + 1, colour.green(), opacity);
        mix(at + 2, colour.blue(), opacity);
    }

    private void mix(int at, int level, double opacity) {
        int old = pixels.rgb()[at] & 0xFF;
        pixels.rgb()[at] = (byte) Math.round(old + (level - old) * opacity);
    }
}
