package giga.canvas.finish;

import giga.canvas.PictureException;

/**
 * Film grain: blobs of light and dark of one size, strongest in the middle tones and none in black and white, as the share of
 * a film that grains cover varies (Newson et al., A Stochastic Film Grain Model, 2017: variance u (1 - u) at coverage u). It
 * belongs to places of the picture.
 *
 * @param amount standard deviation at middle grey, in levels of 255; 0 for none
 * @param size width of a grain at half its height, in pixels
 */
public record Grain(double amount, double size, long seed) {
    public static final Grain NONE = new Grain(0, 1.5, 0);

    private static final double MOST = 64;
    private static final double SMALLEST = 0.5;
    private static final double LARGEST = 32;

    public Grain {
        if (!(amount >= 0 && amount <= MOST))
            throw new PictureException("grain " + amount + ": give 0 to 64 levels, for example 5");
        if (!(size >= SMALLEST && size <= LARGEST))
            throw new PictureException("grain-size " + size + ": give 0.5 to 32 pixels");
    }
}
