package giga.canvas;

/** A block of pixels in memory, 8-bit RGB interleaved, row by row: sample c of pixel (x, y) is {@code rgb[3 * (y * width + x) + c]}. */
public record Pixels(int width, int height, byte[] rgb) implements Picture {
    public Pixels {
        if (width <= 0 || height <= 0 || rgb.length != Math.multiplyExact(3, Math.multiplyExact(width, height)))
            throw new IllegalArgumentException(rgb.length + " samples for " + width + "x" + height + " pixels");
    }

    public Pixels(int width, int height) {
        this(width, height, new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))]);
    }

    /** Sample {@code channel} (0 red, 1 green, 2 blue) of pixel (x, y), 0 to 255. */
    public int sample(int x, int y, int channel) {
        return rgb[3 * (y * width + x) + channel] & 0xFF;
    }

    /** A copy of a region. */
    @Override
    public Pixels read(Region region) {
        if (!bounds().contains(region)) throw new IllegalArgumentException(region + " lies outside " + bounds());
        Pixels part = new Pixels(region.width(), region.height());
        for (int y = 0; y < region.height(); y++) {
            int from = 3 * ((region.y() + y) * width + region.x());
            System.arraycopy(rgb, from, part.rgb, 3 * y * region.width(), 3 * region.width());
        }
        return part;
    }
}
