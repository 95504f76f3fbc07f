package giga.redraw.upscale;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;

/**
 * A picture seen through a network. A region is computed when it is read, from one window of the source around it. All
 * windows have one size, as far as the picture reaches, and are moved inward at its rim: then libtorch calculates every
 * pixel in the same way, and beyond the rim lie the network's own zeros and nothing else, as if it saw the whole.
 *
 * @param windowWidth in pixels of the source, enough for the widest region that is read
 */
record UpscaledPicture(Picture source, TileUpscaler network, int windowWidth, int windowHeight) implements Picture {
    private static final int WINDOW_MULTIPLE = 8;

    /** @param widest region that will be read */
    static UpscaledPicture of(Picture source, TileUpscaler network, int widest, int highest) {
        return new UpscaledPicture(source, network, window(network, widest), window(network, highest));
    }

    private static int window(TileUpscaler network, int longest) {
        // A region may begin and end within a pixel of the source, and its window a group earlier.
        int side = Math.ceilDiv(longest, network.scale()) + 1 + 2 * network.halo() + network.multiple() - 1;
        return Math.ceilDiv(side, WINDOW_MULTIPLE) * WINDOW_MULTIPLE;
    }

    @Override
    public int width() {
        return Math.multiplyExact(source.width(), network.scale());
    }

    @Override
    public int height() {
        return Math.multiplyExact(source.height(), network.scale());
    }

    @Override
    public Pixels read(Region region) {
        if (!bounds().contains(region)) throw new IllegalArgumentException(region + " lies outside " + bounds());
        int scale = network.scale();
        int x = begin(region.x(), windowWidth, source.width());
        int y = begin(region.y(), windowHeight, source.height());
        Region window =
                new Region(x, y, length(x, windowWidth, source.width()), length(y, windowHeight, source.height()));
        return network.upscale(
                source.read(window),
                new Region(region.x() - scale * x, region.y() - scale * y, region.width(), region.height()));
    }

    /** Where the window of a region begins that itself begins at {@code at}. */
    private int begin(int at, int window, int whole) {
        int multiple = network.multiple();
        int before = Math.max(0, at / network.scale() - network.halo());
        return Math.min(before, Math.max(0, whole - window)) / multiple * multiple;
    }

    /** The last window must reach the rim, so it may be a little longer than the others. */
    private int length(int begin, int window, int whole) {
        return whole - begin < window + network.multiple() ? whole - begin : window;
    }
}
