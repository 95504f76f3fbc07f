package giga.canvas.input;

/** What a file may claim before its pixels are decoded, so that a small file cannot ask for all the memory there is. */
final class Limits {
    /** Pixels a side, in any format. */
    static final int SIDE = 300_000;

    /** What is decoded at a time, on each thread, of a picture in small tiles. */
    static final int PART_BYTES = 16 << 20;

    /** The largest tile of a picture in tiles; a few are decoded at a time. */
    static final int MAX_TILE_BYTES = 64 << 20;

    private static final long BAND_BYTES = 128L << 20;

    private Limits() {}

    static void checkSides(long width, long height) throws UnreadableException {
        if (width <= 0 || height <= 0)
            throw new UnreadableException(
                    "it states a size of " + width + "x" + height + " pixels", "Export the picture again.");
        if (width > SIDE || height > SIDE)
            throw new UnreadableException(
                    "it states a size of " + width + "x" + height + " pixels, more than " + SIDE + " a side",
                    "If that is its true size, cut it into parts first.");
    }

    /** Refuses what can only be decoded whole and would take more than half of the heap. */
    static void checkWhole(String what, long bytes) throws UnreadableException {
        long limit = Runtime.getRuntime().maxMemory() / 2;
        if (bytes > limit)
            throw new UnreadableException(
                    what + " can only be decoded whole, which takes " + (bytes >> 20)
                            + " MiB of memory, more than half of the "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB there are",
                    "Save it as a PNG without interlacing or a tiled TIFF, or give Java more memory (-Xmx).");
    }

    /** Rows held at a time: a whole row of chunks where memory allows, always a power of two. */
    static int bandRows(int bytesPerRow) {
        long budget = Math.min(BAND_BYTES, Runtime.getRuntime().maxMemory() / 8);
        int rows = 512;
        while (rows > 16 && (long) rows * bytesPerRow > budget) rows /= 2;
        return rows;
    }
}
