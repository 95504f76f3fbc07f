package giga.redraw.job;

import giga.redraw.JobException;
import giga.redraw.Tile;
import java.nio.file.Path;

/** A stored tile result or its ledger entry is not what was written; redrawing the tile mends it. */
public class DamagedTileException extends JobException {
    private final transient Tile tile;
    private final transient Path file;
    private final String what;

    DamagedTileException(Tile tile, Path file, String what) {
        super("Tile %d is damaged: %s %s; delete the file and resume the job to redraw the tile."
                .formatted(tile.index(), file, what));
        this.tile = tile;
        this.file = file;
        this.what = what;
    }

    public Tile tile() {
        return tile;
    }

    public Path file() {
        return file;
    }

    /** What is wrong with the file, as the end of a sentence that begins with its name. */
    public String what() {
        return what;
    }
}
