package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.util.Locale;

/**
 * How much fine structure a result has that its source could not give: power in the top octave (a quarter to half a cycle
 * per pixel) of the radial spectrum of luma (Rec. 601), against a Lanczos enlargement of the source to the same size.
 * Measured on at most 8 x 8 blocks of 256 x 256 pixels, spread evenly over the picture, so always the same ones.
 *
 * @param power of the result, in squared levels; white noise of variance v has power v
 * @param lanczosPower of the enlarged source
 * @param blocks how many were measured; 0 when the picture is below 8 pixels
 */
public record Detail(double power, double lanczosPower, int blocks) {
    private static final int SIDE = 256;
    private static final int LEAST_SIDE = 8;
    private static final int BLOCKS_PER_AXIS = 8;
    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;
    /** Power that rounding three channels to 8 bits makes: flat areas come out equal instead of arbitrary. */
    private static final double ROUNDING = (RED * RED + GREEN * GREEN + BLUE * BLUE) / 12;

    /** @throws PictureException when the result is smaller than the source */
    public static Detail of(Picture result, Picture source) {
        Fidelity.requireEnlargement(result, source);
        int side = Math.min(SIDE, Integer.highestOneBit(Math.min(result.width(), result.height())));
        if (side < LEAST_SIDE) return new Detail(0, 0, 0);
        Picture enlarged = Resample.resized(source, result.width(), result.height(), Filter.LANCZOS);
        Spectrum spectrum = new Spectrum(side);
        int columns = Math.min(BLOCKS_PER_AXIS, result.width() / side);
        int rows = Math.min(BLOCKS_PER_AXIS, result.height() / side);
        double power = 0;
        double lanczosPower = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int x = start(column, columns, result.width() - side);
                int y = start(row, rows, result.height() - side);
                Region block = new Region(x, y, side, side);
                power += spectrum.topOctave(luma(result.read(block)));
                lanczosPower += spectrum.topOctave(luma(enlarged.read(block)));
            }
        }
        int blocks = columns * rows;
        return new Detail(power / blocks, lanczosPower / blocks, blocks);
    }

    /** How many times the power of Lanczos; 1 is no more than enlarging. */
    public double ratio() {
        return (power + ROUNDING) / (lanczosPower + ROUNDING);
    }

    public String text() {
        return String.format(Locale.ROOT, "detail %.2f x Lanczos", ratio());
    }

    /** Blocks at both rims and evenly between; a single one in the middle. */
    private static int start(int index, int count, int last) {
        return count == 1 ? last / 2 : (int) ((long) last * index / (count - 1));
    }

    private static double[] luma(Pixels pixels) {
        double[] luma = new double[pixels.width() * pixels.height()];
        byte[] rgb = pixels.rgb();
        for (int i = 0; i < luma.length; i++)
            luma[i] = RED * (rgb[3 * i] & 0xFF) + GREEN * (rgb[3 * i + 1] & 0xFF) + BLUE * (rgb[3 * i + 2] & 0xFF);
        return luma;
    }
}
