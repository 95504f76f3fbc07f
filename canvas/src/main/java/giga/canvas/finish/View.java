package giga.canvas.finish;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;

/** A part of an endless picture. */
record View(Surface surface, Region window) implements Picture {
    @Override
    public int width() {
        return window.width();
    }

    @Override
    public int height() {
        return window.height();
    }

    @Override
    public Pixels read(Region region) {
        return surface.read(
                new Region(window.x() + region.x(), window.y() + region.y(), region.width(), region.height()));
    }
}
