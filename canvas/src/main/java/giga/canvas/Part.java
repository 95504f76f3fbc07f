package giga.canvas;

/** A region of a picture, as a picture. */
public record Part(Picture whole, Region where) implements Picture {
    public Part {
        if (!whole.bounds().contains(where))
            throw new IllegalArgumentException(where + " lies outside " + whole.bounds());
    }

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
        if (!bounds().contains(region)) throw new IllegalArgumentException(region + " lies outside " + bounds());
        return whole.read(new Region(where.x() + region.x(), where.y() + region.y(), region.width(), region.height()));
    }
}
