package giga.redraw.job;

import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.redraw.Drawn;
import giga.redraw.Tile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the tiles of one phase have become so far: pixels and ledger. Safe to share between threads for different tiles. */
public final class TileResults {
    private final Path pixels;
    private final TileFiles files;
    private final Ledger ledger;

    TileResults(Path pixels, Path ledger) {
        this.pixels = pixels;
        this.files = new TileFiles(pixels);
        this.ledger = new Ledger(ledger);
    }

    /**
     * Stores a finished tile: first its pixels, then the entry that says so.
     *
     * @param redrawn [1, 3, height, width] of {@link Tile#read}, 0 to 255; values beyond are cut
     * @param seconds the tile took so far
     * @return whether it came out as before, should it have been finished before
     */
    public boolean store(Tile tile, Planes redrawn, double seconds) {
        int checksum = files.write(tile, redrawn);
        boolean same = formerChecksum(tile).orElse(checksum) == checksum;
        ledger.enter(tile, new Ledger.Entry(checksum, seconds));
        return same;
    }

    /**
     * Whether the ledger says that the tile is finished, whatever became of its pixels.
     *
     * @throws DamagedTileException when the entry is damaged
     */
    public boolean isEntered(Tile tile) {
        return ledger.entry(tile).isPresent();
    }

    /** Where a tile's pixels lie. */
    public Path file(Tile tile) {
        return files.file(tile);
    }

    private Optional<Integer> formerChecksum(Tile tile) {
        try {
            return ledger.entry(tile).map(Ledger.Entry::checksum);
        } catch (DamagedTileException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the tile is finished and its pixels are there as they were written. Those of a tile that was settled may have
     * been freed: then it is finished, but not there.
     *
     * @throws DamagedTileException when pixels or entry are damaged
     */
    public boolean has(Tile tile) {
        Optional<Ledger.Entry> entry = ledger.entry(tile);
        if (entry.isEmpty() || Files.notExists(files.file(tile))) return false;
        if (files.verify(tile) != entry.get().checksum())
            throw new DamagedTileException(tile, files.file(tile), "is not what the ledger says");
        return true;
    }

    /**
     * The part of a finished tile that lies in a region inside {@link Tile#write}.
     *
     * @throws DamagedTileException when the pixels are missing or damaged
     */
    public Drawn read(Tile tile, Region part) {
        return files.read(tile, part);
    }

    /** Makes the tile unfinished. */
    public void strike(Tile tile) {
        ledger.strike(tile);
        files.delete(tile);
    }

    /** Frees the space of one tile's pixels; its ledger entry stays. */
    public void deletePixels(Tile tile) {
        files.delete(tile);
    }

    /** Frees the space of the pixels once they are in the canvas. The ledger stays as the record of the work. */
    public void deletePixels() {
        Disk.delete(pixels);
    }
}
