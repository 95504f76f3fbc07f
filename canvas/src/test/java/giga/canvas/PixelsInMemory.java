package giga.canvas;

import java.util.Random;

/** Pixels to compare stored ones with. */
public final class PixelsInMemory {
    private PixelsInMemory() {}

    public static Pixels noise(int width, int height, long seed) {
        Pixels pixels = new Pixels(width, height);
        new Random(seed).nextBytes(pixels.rgb());
        return pixels;
    }

    public static void write(Pixels array, int x, int y, Pixels part) {
        for (int row = 0; row < part.height(); row++)
            System.arraycopy(
                    part.rgb(),
                    3 * row * part.width(),
                    array.rgb(),
                    3 * ((y + row) * array.width() + x),
                    3 * part.width());
    }
}
