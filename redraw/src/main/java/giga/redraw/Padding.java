package giga.redraw;

import giga.diffusion.Planes;

/**
 * Makes a small picture large enough for the networks: sides are rounded up to a multiple of 8, at least 64, and filled
 * by reflection to the right and below, so that the picture's own pixels keep their place (noise is keyed by position).
 * Reflection goes back and forth as often as needed, so a side may be shorter than what is added to it.
 *
 * @param width of the picture, {@code paddedWidth} of what the networks see; likewise the heights
 */
public record Padding(int width, int height, int paddedWidth, int paddedHeight) {
    private static final int SMALLEST = 64;

    public static Padding of(int width, int height) {
        return new Padding(width, height, padded(width), padded(height));
    }

    public boolean isNone() {
        return width == paddedWidth && height == paddedHeight;
    }

    /** Pixels after padding. */
    public long area() {
        return (long) paddedWidth * paddedHeight;
    }

    /** [batch, channels, height, width] to [batch, channels, paddedHeight, paddedWidth]. */
    public Planes pad(Planes picture) {
        expect(picture, width, height);
        if (isNone()) return picture;
        Planes padded = new Planes(picture.batch(), picture.channels(), paddedHeight, paddedWidth);
        for (int plane = 0; plane < picture.batch() * picture.channels(); plane++) {
            for (int y = 0; y < paddedHeight; y++) {
                int from = (plane * height + reflect(y, height)) * width;
                int to = (plane * paddedHeight + y) * paddedWidth;
                System.arraycopy(picture.values(), from, padded.values(), to, width);
                for (int x = width; x < paddedWidth; x++)
                    padded.values()[to + x] = picture.values()[from + reflect(x, width)];
            }
        }
        return padded;
    }

    /** The way back: what {@link #pad} added is cut off. */
    public Planes crop(Planes padded) {
        expect(padded, paddedWidth, paddedHeight);
        return isNone() ? padded : padded.part(0, 0, width, height);
    }

    /** The place inside [0, length) that stands for {@code position}: … 2 1 0 1 2 … without repeating the rim. */
    static int reflect(int position, int length) {
        if (length == 1) return 0;
        int period = 2 * (length - 1);
        int offset = Math.floorMod(position, period);
        return Math.min(offset, period - offset);
    }

    private static int padded(int side) {
        return Math.max(SMALLEST, Math.ceilDiv(side, Axis.LATENT) * Axis.LATENT);
    }

    private static void expect(Planes planes, int width, int height) {
        if (planes.width() != width || planes.height() != height)
            throw new IllegalArgumentException(
                    "%dx%d pixels where %dx%d belong".formatted(planes.width(), planes.height(), width, height));
    }
}
