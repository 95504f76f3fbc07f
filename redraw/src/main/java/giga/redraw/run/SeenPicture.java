package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.redraw.Blend;
import giga.redraw.job.TileResults;

/** A canvas as the tiles of a wave see it: with what the waves before have become, which is not settled yet. */
record SeenPicture(Picture canvas, Blend before, TileResults results) implements Picture {
    @Override
    public int width() {
        return canvas.width();
    }

    @Override
    public int height() {
        return canvas.height();
    }

    @Override
    public Pixels read(Region region) {
        Pixels pixels = canvas.read(region);
        return before.touching(region).isEmpty() ? pixels : Settling.settled(region, pixels, before, results);
    }
}
