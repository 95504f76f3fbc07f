package giga.diffusion.noise;

import giga.diffusion.ModelException;

/**
 * What A1111's noise of one picture comes from.
 *
 * @param variationSeed the seed of the noise that is mixed into the start
 * @param variationStrength how much of it, 0 (none) to 1
 * @param resizeFromHeight of the picture whose start is kept in the middle, in latent pixels; 0 for none
 * @param resizeFromWidth as the height; 0 for none
 * @param etaNoiseSeedDelta ENSD, 0 for none: what is added to the seed after the start
 * @throws ModelException that names the value and what to give instead
 */
public record ImageSeed(
        long seed,
        long variationSeed,
        double variationStrength,
        int resizeFromHeight,
        int resizeFromWidth,
        long etaNoiseSeedDelta) {
    private static final int LARGEST = 4096;

    public ImageSeed {
        if (seed < 0 || variationSeed < 0)
            throw new ModelException(
                    "A1111's noise has no seed %d: give one from 0 on".formatted(seed < 0 ? seed : variationSeed));
        if (!(variationStrength >= 0 && variationStrength <= 1))
            throw new ModelException("A variation strength of %s: give 0 (none) to 1".formatted(variationStrength));
        if (resizeFromHeight < 0 || resizeFromHeight > LARGEST || resizeFromWidth < 0 || resizeFromWidth > LARGEST)
            throw new ModelException("A seed resized from %dx%d latent pixels: give 1 to %d, or 0 for none"
                    .formatted(resizeFromWidth, resizeFromHeight, LARGEST));
    }

    /** Nothing but a seed. */
    public ImageSeed(long seed) {
        this(seed, 0, 0, 0, 0, 0);
    }

    public ImageSeed withVariation(long variationSeed, double strength) {
        return new ImageSeed(seed, variationSeed, strength, resizeFromHeight, resizeFromWidth, etaNoiseSeedDelta);
    }

    public ImageSeed withResizeFrom(int height, int width) {
        return new ImageSeed(seed, variationSeed, variationStrength, height, width, etaNoiseSeedDelta);
    }

    public ImageSeed withEtaNoiseSeedDelta(long delta) {
        return new ImageSeed(seed, variationSeed, variationStrength, resizeFromHeight, resizeFromWidth, delta);
    }
}
