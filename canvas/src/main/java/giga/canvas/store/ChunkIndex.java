package giga.canvas.store;

/** The place of a chunk in its {@link ChunkGrid}, counted from the upper left corner. */
public record ChunkIndex(int column, int row) {
    public ChunkIndex {
        if (column < 0 || row < 0) throw new IllegalArgumentException("chunk (" + column + ", " + row + ")");
    }
}
