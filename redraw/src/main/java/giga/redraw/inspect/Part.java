package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;

/** A region of a picture, as a picture. */
record Part(Picture whole, Region where) implements Picture {
    @Override
    public int width() {
        return where.width();
    }

    @Override
    public int height() {
        return where.height();
    }

    @Override
    public Pixels read(Region region) {
        return whole.read(new Region(where.x() + region.x(), where.y() + region.y(), region.width(), region.height()));
    }
}
