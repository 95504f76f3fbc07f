package giga.canvas;

import java.util.Random;

/** A picture that is an array, to compare the stored one with. */
public record PixelsInMemory(Pixels pixels) implements Picture {
    public static PixelsInMemory noise(int width, int height, long seed) {
        Pixels pixels = new Pixels(width, height);
        new Random(seed).nextBytes(pixels.rgb());
        return new PixelsInMemory(pixels);
    }

    public static PixelsInMemory black(int width, int height) {
        return new PixelsInMemory(new Pixels(width, height));
    }

    @Override
    public int width() {
        return pixels.width();
    }

    @Override
    public int height() {
        return pixels.height();
    }

    @Override
    public Pixels read(Region region) {
        Pixels part = new Pixels(region.width(), region.height());
        for (int y = 0; y < region.height(); y++)
            System.arraycopy(
                    pixels.rgb(),
                    at(region.x(), region.y() + y),
                    part.rgb(),
                    3 * y * region.width(),
                    3 * region.width());
        return part;
    }

    public void write(int x, int y, Pixels part) {
        for (int row = 0; row < part.height(); row++)
            System.arraycopy(part.rgb(), 3 * row * part.width(), pixels.rgb(), at(x, y + row), 3 * part.width());
    }

    private int at(int x, int y) {
        return 3 * (y * width() + x);
    }
}
