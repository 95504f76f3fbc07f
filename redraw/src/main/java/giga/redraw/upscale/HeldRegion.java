package giga.redraw.upscale;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;

/** A picture of which one region is in memory at a time. To be used by one thread. */
final class HeldRegion implements Picture {
    private final Picture whole;
    private Region at = new Region(0, 0, 1, 1);
    private Pixels pixels = new Pixels(1, 1);

    HeldRegion(Picture whole) {
        this.whole = whole;
    }

    void hold(Region region) {
        pixels = whole.read(region);
        at = region;
    }

    @Override
    public int width() {
        return whole.width();
    }

    @Override
    public int height() {
        return whole.height();
    }

    @Override
    public Pixels read(Region region) {
        return pixels.read(new Region(region.x() - at.x(), region.y() - at.y(), region.width(), region.height()));
    }
}
