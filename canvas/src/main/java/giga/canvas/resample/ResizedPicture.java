package giga.canvas.resample;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;

/** A picture seen at another size; regions are computed when they are read. */
record ResizedPicture(int width, int height, Separable passes) implements Picture {
    static ResizedPicture of(Picture picture, int width, int height, Filter filter) {
        Taps columns = Taps.of(filter, picture.width(), width);
        Taps rows = Taps.of(filter, picture.height(), height);
        return new ResizedPicture(
                width, height, new Separable(region -> picture.read(region).rgb(), 3, columns, rows));
    }

    @Override
    public Pixels read(Region region) {
        if (!bounds().contains(region)) throw new IllegalArgumentException(region + " lies outside " + bounds());
        return new Pixels(region.width(), region.height(), passes.read(region));
    }
}
