package giga.canvas.print;

import giga.canvas.PictureException;

/**
 * How many pixels a sheet must have to look sharp to an eye in front of its middle, and from where a picture does.
 *
 * <p>A side of length l, seen whole from the distance d, spans the angle 2 atan(l / 2d). The longer side decides: over it,
 * a degree shall have {@code perDegree} pixels in the mean, {@value #EYE} by default, an arc minute to a pixel, which is
 * what a healthy eye tells apart. Pixels are square, so the shorter side has as many in proportion:
 *
 * <pre>long = perDegree * 2 atan(l / 2d)        short = long * (short side / long side)</pre>
 *
 * A sheet of 8.5x11 in from 1 in spans 159.4 degrees and needs 7390x9564 pixels, so 8192x10240 when 512x640 is doubled.
 *
 * <p>From far away that is the known 3438 / d dots per inch. From nearby it is less, as far corners are seen from the
 * side; who goes along the sheet and looks straight at each place from d needs {@link #dpiOfEachPlace()}.
 *
 * @param perDegree pixels in a degree of viewing angle
 */
public record Sharpness(PaperSize paper, Length distance, double perDegree) {
    /** Pixels in a degree for an eye that tells arc minutes apart. */
    public static final double EYE = 60;

    private static final double MOST_PER_DEGREE = 10_000;

    public Sharpness {
        if (!(perDegree > 0 && perDegree <= MOST_PER_DEGREE))
            throw new PictureException(Length.number(perDegree) + " pixels in a degree: give more than 0 and at most "
                    + Length.number(MOST_PER_DEGREE) + "; an eye sees " + Length.number(EYE) + ".");
    }

    /** Pixels across that the sheet needs. */
    public long width() {
        return pixels(paper.width());
    }

    /** Pixels down that the sheet needs. */
    public long height() {
        return pixels(paper.height());
    }

    private long pixels(Length side) {
        // What differs from a whole number by rounding alone is that number.
        return Math.max(1, (long) Math.ceil(side.pixels(dpi()) - 1e-9));
    }

    /** Dots per inch that the sheet needs. */
    public double dpi() {
        return perDegree * angle() / paper.longSide().inches();
    }

    /** Dots per inch for an eye that is before each place in turn. */
    public double dpiOfEachPlace() {
        return perDegree / (2 * distance.inches() * Math.tan(Math.toRadians(0.5)));
    }

    /** Degrees that the longer side spans. */
    public double angle() {
        return 2 * Math.toDegrees(Math.atan(paper.longSide().inches() / 2 / distance.inches()));
    }

    /**
     * From how many inches on a sheet of so many dots per inch looks sharp; 0 where it does from anywhere.
     *
     * @param dpi more than 0
     */
    public static double sharpFrom(PaperSize paper, double dpi, double perDegree) {
        double longSide = paper.longSide().inches();
        double angle = longSide * dpi / perDegree;
        return angle >= 180 ? 0 : longSide / 2 / Math.tan(Math.toRadians(angle / 2));
    }
}
