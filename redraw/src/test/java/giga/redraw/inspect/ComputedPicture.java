package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;

/** A picture of any size that costs no memory, and refuses to be read in large parts. */
record ComputedPicture(int width, int height, Levels levels) implements Picture {
    private static final long MAX_AREA = 4L << 20;

    interface Levels {
        /** Any number; it is cut to 0..255. */
        double at(int x, int y, int channel);
    }

    static ComputedPicture grey(int width, int height, double level) {
        return new ComputedPicture(width, height, (x, y, channel) -> level);
    }

    /** Independent at every pixel and channel, uniform within +-amplitude around mid grey. */
    static ComputedPicture noise(int width, int height, double amplitude) {
        return new ComputedPicture(width, height, (x, y, channel) -> 128 + amplitude * uniform(x, y, channel));
    }

    ComputedPicture plus(Levels more) {
        return new ComputedPicture(width, height, (x, y, c) -> levels.at(x, y, c) + more.at(x, y, c));
    }

    @Override
    public Pixels read(Region region) {
        if (!bounds().contains(region) || region.area() > MAX_AREA)
            throw new IllegalArgumentException("read of " + region);
        Pixels pixels = new Pixels(region.width(), region.height());
        int i = 0;
        for (int y = region.y(); y < region.bottom(); y++)
            for (int x = region.x(); x < region.right(); x++)
                for (int c = 0; c < 3; c++)
                    pixels.rgb()[i++] = (byte) Math.clamp(Math.round(levels.at(x, y, c)), 0, 255);
        return pixels;
    }

    /** SplitMix64 of the position, -1 to 1. */
    static double uniform(int x, int y, int channel) {
        long z = (x * 0x9E3779B97F4A7C15L) ^ (y * 0xC2B2AE3D27D4EB4FL) ^ (channel * 0x165667B19E3779F9L);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >> 11) * 0x1.0p-52;
    }
}
