package giga.canvas.finish;

import giga.canvas.PictureException;
import java.util.Locale;

/**
 * Sharpening of the luma; colours move with it, so that edges get no coloured fringes.
 *
 * @param amount 0 for none, 1 for as much as the method takes for right
 * @param radius standard deviation of the blur that is thought to lie over the picture, in pixels
 * @param threshold differences up to so many levels stay as they are, those beyond it lose it
 */
public record Sharpening(double amount, Method method, double radius, double threshold) {
    public static final Sharpening NONE = new Sharpening(0, Method.GUARDED, 1, 0);

    private static final double MOST = 10;
    private static final double SMALLEST = 0.3;
    private static final double LARGEST = 16;

    /** How it is found what to add. */
    public enum Method {
        /** The difference from a Gaussian blur. */
        UNSHARP,
        /**
         * The same, but where a pixel would become lighter or darker than all of its neighbours within the radius were, only half
         * of what is beyond them counts: as much is gained with far weaker halos, see SharpeningFigures in the tests.
         */
        GUARDED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Sharpening {
        if (!(amount >= 0 && amount <= MOST)) throw new PictureException("sharpen " + amount + ": give 0 to 10");
        if (method == null) throw new PictureException("sharpen-method: give unsharp or guarded");
        if (!(radius >= SMALLEST && radius <= LARGEST))
            throw new PictureException("sharpen-radius " + radius + ": give 0.3 to 16 pixels");
        if (!(threshold >= 0 && threshold <= 255))
            throw new PictureException("sharpen-threshold " + threshold + ": give 0 to 255 levels");
    }
}
