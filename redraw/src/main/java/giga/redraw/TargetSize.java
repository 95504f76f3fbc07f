package giga.redraw;

import static giga.redraw.JobException.check;

import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.print.PaperSize;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rectangle of pixels that a picture is to fill as far as its shape allows, lying or standing as it does.
 *
 * @param width in pixels; height likewise
 * @param dpi at which it will be printed; 0 where nobody said
 */
public record TargetSize(int width, int height, double dpi) {
    private static final Pattern PIXELS = Pattern.compile("([0-9]{1,7})\\s*x\\s*([0-9]{1,7})(?:\\s*px)?");
    private static final Pattern PAPER =
            Pattern.compile("(.{1,60}?)\\s*@\\s*([0-9]{1,5}(?:\\.[0-9]{1,6})?)\\s*(?:ppi|dpi)");
    private static final double WALL_INCHES = 96;
    private static final int LONGEST = 1_000_000;
    private static final int MOST_PASSES = 16;

    /** The last pass may leave the picture smaller by this factor: that little more by Lanczos costs no sharpness that shows. */
    static final double STRETCH = 1.1;

    public TargetSize {
        check(
                width >= 1 && height >= 1 && width <= LONGEST && height <= LONGEST,
                "%dx%d pixels: give sides from 1 to %d",
                width,
                height,
                LONGEST);
        check(dpi == 0 || dpi >= 1 && dpi <= 65535, "%s ppi: give 1 to 65535", dpi);
    }

    /**
     * @param text pixels such as {@code 8192x10240}, paper such as {@code 17x22in@500ppi} or {@code A2@300dpi}, or sheet,
     *     poster, wall (8 feet high) or painting
     * @throws JobException when it is none of these
     */
    public static TargetSize parse(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        return switch (words) {
            case "sheet" -> new TargetSize(8192, 10240, 8192 / 8.5);
            case "poster" -> new TargetSize(8192, 11264, 11264 / 22.0);
            case "wall" -> new TargetSize(16384, 20480, 20480 / WALL_INCHES);
            case "painting" -> new TargetSize(32768, 40960, 0);
            default -> measured(words);
        };
    }

    private static TargetSize measured(String words) {
        Matcher pixels = PIXELS.matcher(words);
        if (pixels.matches())
            return new TargetSize(Integer.parseInt(pixels.group(1)), Integer.parseInt(pixels.group(2)), 0);
        Matcher paper = PAPER.matcher(words);
        check(
                paper.matches(),
                "'%s' is no size: give pixels (8192x10240), paper with its resolution (17x22in@500ppi), or sheet, poster, wall, painting",
                words);
        double ppi = Double.parseDouble(paper.group(2));
        try {
            PaperSize sheet = PaperSize.parse(paper.group(1));
            return new TargetSize(
                    (int) Math.round(sheet.width().inches() * ppi),
                    (int) Math.round(sheet.height().inches() * ppi),
                    ppi);
        } catch (PictureException e) {
            // It stands within a sentence.
            throw new JobException(e.getMessage().replaceAll("\\.$", ""), e);
        }
    }

    /** The largest size of the picture's shape that fits in, to the pixel. */
    public Region fitted(Region picture) {
        boolean turned = (picture.width() > picture.height()) != (width > height) && width != height;
        double across = turned ? height : width;
        double down = turned ? width : height;
        double factor = Math.min(across / picture.width(), down / picture.height());
        return new Region(0, 0, Math.max(1, (int) Math.round(picture.width() * factor)), Math.max(1, (int)
                Math.round(picture.height() * factor)));
    }

    /**
     * How many passes take a picture there.
     *
     * @param scale of each
     * @throws JobException when passes do not enlarge, or the picture is large enough already
     */
    public int passes(Region picture, double scale) {
        Region wanted = fitted(picture);
        double factor = (double) wanted.width() / picture.width();
        check(
                factor > 1,
                "a picture of %dx%d pixels is larger than the %dx%d that were asked for: leave out --for, or reduce it with giga upscale --scale %.3f",
                picture.width(),
                picture.height(),
                wanted.width(),
                wanted.height(),
                factor);
        check(scale > 1, "scale %s never comes to %dx%d pixels: give more than 1", scale, width, height);
        int count = 1;
        for (double reached = scale; reached * STRETCH < factor; reached *= scale) count++;
        check(
                count <= MOST_PASSES,
                "%dx%d pixels would take %d passes of scale %s: give a larger scale",
                width,
                height,
                count,
                scale);
        return count;
    }
}
