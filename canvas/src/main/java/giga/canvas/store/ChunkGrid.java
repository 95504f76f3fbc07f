package giga.canvas.store;

import giga.canvas.Region;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a picture of {@code width} x {@code height} pixels is cut into square chunks of {@code side} pixels. Geometry
 * only, no storage. Chunks at the right and lower rim may stand over; their regions are cut at the rim.
 */
public record ChunkGrid(int width, int height, int side) {
    public ChunkGrid {
        if (width <= 0 || height <= 0 || side <= 0)
            throw new IllegalArgumentException(width + "x" + height + " pixels in chunks of " + side);
    }

    public int columns() {
        return Math.ceilDiv(width, side);
    }

    public int rows() {
        return Math.ceilDiv(height, side);
    }

    public long count() {
        return (long) columns() * rows();
    }

    public Region bounds() {
        return new Region(0, 0, width, height);
    }

    public boolean contains(ChunkIndex index) {
        return index.column() < columns() && index.row() < rows();
    }

    /** The pixels of a chunk that lie in the picture. */
    public Region region(ChunkIndex index) {
        if (!contains(index)) throw new IllegalArgumentException(index + " lies outside " + this);
        int x = index.column() * side;
        int y = index.row() * side;
        return new Region(x, y, Math.min(side, width - x), Math.min(side, height - y));
    }

    /** All chunks, row by row. */
    public Stream<ChunkIndex> chunks() {
        return touching(bounds());
    }

    /** The chunks that share pixels with a region inside the picture, row by row. */
    public Stream<ChunkIndex> touching(Region region) {
        if (!bounds().contains(region)) throw new IllegalArgumentException(region + " lies outside " + this);
        return IntStream.rangeClosed(region.y() / side, (region.bottom() - 1) / side)
                .boxed()
                .flatMap(row -> IntStream.rangeClosed(region.x() / side, (region.right() - 1) / side)
                        .mapToObj(column -> new ChunkIndex(column, row)));
    }
}
