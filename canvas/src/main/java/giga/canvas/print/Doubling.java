package giga.canvas.print;

import giga.canvas.PictureException;

/**
 * A picture that is doubled until it is large enough.
 *
 * @param width of the picture at the start, in pixels
 * @param height of the picture at the start, in pixels
 * @param times how often both are doubled
 */
public record Doubling(int width, int height, int times) {
    private static final int SHORT_SIDE = 512;
    /** Sides that Stable Diffusion draws are multiples of this. */
    private static final int STEP = 64;

    private static final int MOST = 1 << 16;
    private static final int MOST_TIMES = 40;

    public Doubling {
        if (width < 1 || height < 1 || width > MOST || height > MOST)
            throw new PictureException("A picture of " + width + "x" + height
                    + " pixels cannot be doubled; give sides of 1 to " + MOST + ".");
        if (times < 0 || times > MOST_TIMES)
            throw new PictureException("A picture cannot be doubled " + times + " times.");
    }

    /** The fewest doublings of a picture that cover so many pixels both ways. */
    public static Doubling covering(int width, int height, Sharpness needed) {
        Doubling doubling = new Doubling(width, height, 0);
        while (doubling.finalWidth() < needed.width() || doubling.finalHeight() < needed.height())
            doubling = new Doubling(width, height, doubling.times + 1);
        return doubling;
    }

    /** The same from a picture as Stable Diffusion 1.5 draws it: shorter side 512, and the nearest to the sheet's shape. */
    public static Doubling covering(Sharpness needed) {
        double across = needed.paper().width().inches();
        double down = needed.paper().height().inches();
        int longSide = STEP
                * (int) Math.clamp(
                        Math.round(SHORT_SIDE * Math.max(across, down) / Math.min(across, down) / STEP),
                        SHORT_SIDE / STEP,
                        MOST / STEP);
        return across > down ? covering(longSide, SHORT_SIDE, needed) : covering(SHORT_SIDE, longSide, needed);
    }

    public long finalWidth() {
        return (long) width << times;
    }

    public long finalHeight() {
        return (long) height << times;
    }
}
