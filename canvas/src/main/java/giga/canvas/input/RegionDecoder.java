package giga.canvas.input;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.io.IOException;

/** A picture stored in tiles, any part of which can be read alone; safe to read from several threads. */
sealed interface RegionDecoder extends Decoder permits ZarrDecoder, DeepZoomDecoder, TiffTiles {
    /** The size of most tiles. */
    int tileWidth();

    int tileHeight();

    /** Whether a part of a tile costs as much to read as all of it. */
    default boolean decodesWholeTiles() {
        return true;
    }

    /**
     * Puts a part of the picture as stored into other pixels, its upper left corner at (left, top).
     *
     * @throws IOException or a RuntimeException when the data is damaged
     */
    void read(Region stored, Pixels into, int left, int top) throws IOException;

    /** Such a part alone. */
    default Pixels read(Region stored) throws IOException {
        Pixels pixels = new Pixels(stored.width(), stored.height());
        read(stored, pixels, 0, 0);
        return pixels;
    }

    /** Called before any part is read: the place to object to the picture as a whole. */
    default void check() throws IOException {}
}
