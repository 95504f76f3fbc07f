package giga.canvas.print;

import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.output.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything lies on a sheet, in its pixels.
 *
 * @param dpi of the sheet
 * @param scaled the picture's size, and where its corner lies from the sheet's
 * @param trim where the sheet is cut
 * @param filled what the picture fills, beyond its own edges with its mirror image: the trim and the bleed around it
 * @param width of the whole sheet
 * @param height of the whole sheet
 * @param marks whether it shows where to cut
 */
record Layout(double dpi, Region scaled, Region trim, Region filled, int width, int height, boolean marks) {
    private static final int MOST_PIXELS = 1 << 20;
    private static final double USUAL_DPI = 300;
    private static final double POINTS = 72;
    /** Marks begin so far from the cut, or where the bleed ends, and are so long, in inches. */
    private static final double MARK_GAP = 2 / 25.4;

    private static final double MARK_LENGTH = 5 / 25.4;

    /**
     * @param width of the picture
     * @param height of the picture
     * @param fileDpi what its file says; 0 for nothing
     */
    static Layout of(Print print, int width, int height, double fileDpi) {
        double dpi = print.dpi();
        int trimWidth = width;
        int trimHeight = height;
        Region scaled = new Region(0, 0, width, height);
        boolean fill = print.fit() == Print.Fit.FILL;
        if (print.paper().isEmpty()) {
            if (dpi == 0) dpi = fileDpi >= 1 && fileDpi <= 65_535 ? fileDpi : USUAL_DPI;
        } else {
            PaperSize paper = PaperSize.parse(print.paper()).turnedLike(width, height);
            double across = width / paper.width().inches();
            double down = height / paper.height().inches();
            boolean asItIs = dpi == 0;
            if (asItIs) dpi = fill ? Math.min(across, down) : Math.max(across, down);
            trimWidth = pixels(paper.width(), dpi);
            trimHeight = pixels(paper.height(), dpi);
            if (!asItIs) scaled = scaled(width, height, trimWidth, trimHeight, fill);
        }
        if (!(dpi >= 1 && dpi <= 65_535))
            throw new PictureException(
                    "%dx%d pixels on paper %s come to %.2f dpi, and files can say 1 to 65535; give --dpi."
                            .formatted(width, height, print.paper(), dpi));
        return placed(print, dpi, trimWidth, trimHeight, scaled);
    }

    private static Layout placed(Print print, double dpi, int trimWidth, int trimHeight, Region scaled) {
        int bleed = (int) Math.round(print.bleedInches() * dpi);
        int marked = (int) Math.ceil((Math.max(MARK_GAP, print.bleedInches()) + MARK_LENGTH) * dpi);
        int margin = print.marks() ? marked : bleed;
        double longest = Math.max(trimWidth, trimHeight) + 2.0 * margin;
        if (longest > MOST_PIXELS) throw tooLarge(longest);
        Region trim = new Region(margin, margin, trimWidth, trimHeight);
        Region bled = new Region(margin - bleed, margin - bleed, trimWidth + 2 * bleed, trimHeight + 2 * bleed);
        Region picture = new Region(
                margin + Math.floorDiv(trimWidth - scaled.width(), 2),
                margin + Math.floorDiv(trimHeight - scaled.height(), 2),
                scaled.width(),
                scaled.height());
        Region filled = picture.contains(trim) ? bled : picture.intersection(trim);
        return new Layout(dpi, picture, trim, filled, trimWidth + 2 * margin, trimHeight + 2 * margin, print.marks());
    }

    private static int pixels(Length side, double dpi) {
        double pixels = side.pixels(dpi);
        if (!(pixels <= MOST_PIXELS)) throw tooLarge(pixels);
        return Math.max(1, (int) Math.round(pixels));
    }

    private static PictureException tooLarge(double pixels) {
        return new PictureException(
                "The sheet comes to %.0f pixels a side with its margins, and %d can be written; give fewer --dpi."
                        .formatted(pixels, MOST_PIXELS));
    }

    private static Region scaled(int width, int height, int trimWidth, int trimHeight, boolean fill) {
        double across = (double) trimWidth / width;
        double down = (double) trimHeight / height;
        double factor = fill ? Math.max(across, down) : Math.min(across, down);
        long scaledWidth = Math.max(1, Math.round(width * factor));
        long scaledHeight = Math.max(1, Math.round(height * factor));
        if (Math.max(scaledWidth, scaledHeight) > MOST_PIXELS)
            throw new PictureException(
                    "A picture of %dx%d pixels would have %dx%d on this paper before it is cut, more than %d a side; give --fit whole."
                            .formatted(width, height, scaledWidth, scaledHeight, MOST_PIXELS));
        return new Region(0, 0, (int) scaledWidth, (int) scaledHeight);
    }

    Layout unmarked() {
        return new Layout(dpi, scaled, trim, filled, width, height, false);
    }

    /** The same in points, for files that draw lines themselves. */
    Page page() {
        List<Page.Line> lines = new ArrayList<>();
        if (marks)
            for (double[] mark : markPlaces())
                lines.add(new Page.Line(points(mark[0]), points(mark[1]), points(mark[2]), points(mark[3])));
        return new Page(points(width), points(height), box(trim), box(bleedBox()), box(filled), lines);
    }

    private Region bleedBox() {
        return filled.contains(trim) ? filled : trim;
    }

    private Page.Box box(Region region) {
        return new Page.Box(points(region.x()), points(region.y()), points(region.width()), points(region.height()));
    }

    private double points(double pixels) {
        return pixels / dpi * POINTS;
    }

    /** Two lines at each corner, away from it: from x, y to x, y. */
    List<double[]> markPlaces() {
        double length = MARK_LENGTH * dpi;
        double left = trim.x();
        double top = trim.y();
        double right = trim.right();
        double bottom = trim.bottom();
        List<double[]> places = new ArrayList<>();
        for (double x : new double[] {left, right}) {
            places.add(new double[] {x, 0, x, length});
            places.add(new double[] {x, height - length, x, height});
        }
        for (double y : new double[] {top, bottom}) {
            places.add(new double[] {0, y, length, y});
            places.add(new double[] {width - length, y, width, y});
        }
        return places;
    }
}
