package giga.canvas;

/** A picture of any size that is read region by region; safe to read from several threads. */
public interface Picture {
    int width();

    int height();

    /**
     * The pixels of a region inside the picture.
     *
     * @throws PictureException when the picture's data cannot be read or is damaged
     */
    Pixels read(Region region);

    default Region bounds() {
        return new Region(0, 0, width(), height());
    }
}
