package giga.canvas.input;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.io.IOException;

/** A picture stored in tiles, any part of which can be read alone; safe to read from several threads. */
sealed interface RegionDecoder extends Decoder permits ZarrDecoder, DeepZoomDecoder, TiffTiles {
    /** The size of most tiles, which are decoded whole. */
    int tileWidth();

    int tileHeight();

    /**
     * A part of the picture as stored.
     *
     * @throws IOException or a RuntimeException when the data is damaged
     */
    Pixels read(Region stored) throws IOException;

    /** Called after every part was read: the place to object to the picture as a whole. */
    default void finish() throws IOException {}
}
