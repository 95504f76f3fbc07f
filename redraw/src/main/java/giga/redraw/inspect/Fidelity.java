package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * How faithful a result is to its source: the result is reduced to the source's size by area average (Pillow's BOX,
 * rounded to 8 bits) and compared with it.
 *
 * @param meanSquaredError over all pixels and channels, in squared levels of 255
 */
public record Fidelity(double meanSquaredError) {
    /** What {@link #psnr} gives for equal pictures, where the formula gives no number. */
    public static final double EQUAL = 100;

    private static final int RESULT_SIDE = 4096;
    private static final int MAX_SIDE = 1024;
    private static final int MIN_SIDE = 16;

    /**
     * Reads both pictures once, block by block.
     *
     * @param rowsDone called with the count of finished rows of the source; may throw to stop
     * @throws PictureException when the result is smaller than the source
     */
    public static Fidelity of(Picture result, Picture source, IntConsumer rowsDone) {
        requireEnlargement(result, source);
        Picture reduced = Resample.resized(result, source.width(), source.height(), Filter.BOX);
        int scale = Math.max(result.width() / source.width(), result.height() / source.height());
        int side = Math.clamp(RESULT_SIDE / scale, MIN_SIDE, MAX_SIDE);
        double squares = 0;
        for (int y = 0; y < source.height(); y += side) {
            int height = Math.min(side, source.height() - y);
            for (int x = 0; x < source.width(); x += side) {
                Region block = new Region(x, y, Math.min(side, source.width() - x), height);
                squares += squaredDifference(reduced.read(block), source.read(block));
            }
            rowsDone.accept(y + height);
        }
        return new Fidelity(squares / (3.0 * source.bounds().area()));
    }

    /** Peak signal-to-noise ratio in dB, {@code 10 log10(255^2 / meanSquaredError)}, at most {@link #EQUAL}. */
    public double psnr() {
        return Math.min(EQUAL, 10 * Math.log10(255 * 255 / meanSquaredError));
    }

    public String text() {
        return String.format(Locale.ROOT, "fidelity %.2f dB", psnr());
    }

    static void requireEnlargement(Picture result, Picture source) {
        if (result.width() < source.width() || result.height() < source.height())
            throw new PictureException(
                    "The result (%dx%d) is smaller than the source (%dx%d); name the picture that was enlarged first"
                            .formatted(result.width(), result.height(), source.width(), source.height()));
    }

    static long squaredDifference(Pixels a, Pixels b) {
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            int difference = (a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF);
            sum += difference * difference;
        }
        return sum;
    }
}
