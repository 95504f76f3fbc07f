package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

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

    /** The power of a picture alone, measured on the same blocks; none below 8 pixels a side. */
    public static OptionalDouble power(Picture picture) {
        double power = 0;
        List<Region> blocks = blocks(picture);
        if (blocks.isEmpty()) return OptionalDouble.empty();
        Spectrum spectrum = new Spectrum(blocks.getFirst().width());
        for (Region block : blocks) power += spectrum.topOctave(luma(picture.read(block)));
        return OptionalDouble.of(power / blocks.size());
    }

    /** @throws PictureException when the result is smaller than the source */
    public static Detail of(Picture result, Picture source) {
        Fidelity.requireEnlargement(result, source);
        Picture enlarged = Resample.resized(source, result.width(), result.height(), Filter.LANCZOS);
        return new Detail(
                power(result).orElse(0),
                power(enlarged).orElse(0),
                blocks(result).size());
    }

    /** How many times the power of Lanczos; 1 is no more than enlarging. */
    public double ratio() {
        return (power + ROUNDING) / (lanczosPower + ROUNDING);
    }

    public String text() {
        return String.format(Locale.ROOT, "detail %.2f x Lanczos", ratio());
    }

    private static List<Region> blocks(Picture picture) {
        int side = Math.min(SIDE, Integer.highestOneBit(Math.min(picture.width(), picture.height())));
        List<Region> blocks = new ArrayList<>();
        if (side < LEAST_SIDE) return blocks;
        int columns = Math.min(BLOCKS_PER_AXIS, picture.width() / side);
        int rows = Math.min(BLOCKS_PER_AXIS, picture.height() / side);
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                blocks.add(new Region(
                        start(column, columns, picture.width() - side),
                        start(row, rows, picture.height() - side),
                        side,
                        side));
        return blocks;
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
