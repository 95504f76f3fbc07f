package giga.canvas.store;

import giga.canvas.PictureException;
import java.nio.file.Path;

/** A stored chunk is gone or not what was written: its length or its checksum is wrong. Writing it anew mends it. */
public class DamagedChunkException extends PictureException {
    private final transient ChunkIndex index;
    private final transient Path file;
    private final String what;

    DamagedChunkException(ChunkIndex index, Path file, String what) {
        super("Chunk (column " + index.column() + ", row " + index.row() + ") is damaged: " + file + " " + what
                + "; delete the file and compute the chunk again, or restore it from a copy.");
        this.index = index;
        this.file = file;
        this.what = what;
    }

    public ChunkIndex index() {
        return index;
    }

    public Path file() {
        return file;
    }

    /** What is wrong with the file, as the end of a sentence that begins with its name. */
    public String what() {
        return what;
    }
}
