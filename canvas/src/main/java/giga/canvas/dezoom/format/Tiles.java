package giga.canvas.dezoom.format;

import java.io.IOException;

/** Where the tiles of a level are, and how they are packed. */
@FunctionalInterface
public interface Tiles {
    /** The address of a tile, counted from 0. */
    String address(int column, int row);

    /** What a tile is known by from one day to the next; its address may be signed for an hour. */
    default String key(int column, int row) {
        return address(column, row);
    }

    /**
     * The picture file in what was fetched.
     *
     * @throws IOException when it is none
     */
    default byte[] opened(byte[] fetched) throws IOException {
        return fetched;
    }
}
