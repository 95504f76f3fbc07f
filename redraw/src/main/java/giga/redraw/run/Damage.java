package giga.redraw.run;

import giga.canvas.store.DamagedChunkException;
import giga.redraw.JobException;
import giga.redraw.Tile;
import giga.redraw.job.DamagedTileException;
import giga.redraw.job.TileResults;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells and counts what was found damaged, and gives up on a file that does not stay mended. */
final class Damage {
    private final Reporter reporter;
    private final Account account;
    private final Set<Path> seen = new HashSet<>();

    Damage(Reporter reporter, Account account) {
        this.reporter = reporter;
        this.account = account;
    }

    /**
     * A chunk that is to be mended.
     *
     * @throws JobException when it was mended before
     */
    DamagedChunkException found(DamagedChunkException damage) {
        refuseRepeated(damage.file(), damage);
        return damage;
    }

    /** A tile that is to be redrawn. */
    synchronized void found(DamagedTileException damage, TileResults results) {
        refuseRepeated(damage.file(), damage);
        Tile tile = damage.tile();
        results.strike(tile);
        tell("tile " + tile.index());
    }

    /** A chunk of a state that is being filled; it is already deleted. */
    void dropped(DamagedChunkException damage) {
        tell(name(damage) + " of an unfinished canvas");
    }

    /** A chunk of a state that was complete is made again, from these tiles where it is made from tiles. */
    void remade(DamagedChunkException damage, Step step, List<Tile> tiles) {
        tell(name(damage) + " of canvas " + step.state()
                + (tiles.isEmpty() ? "" : ", which %s touch,".formatted(names(tiles))));
    }

    /** Tiles are redrawn because what they had become is needed again. */
    void redrawn(Step.Redraw step, List<Tile> tiles) {
        reporter.noticed("%s of pass %d, phase %s: redrawn to mend it"
                .formatted(
                        names(tiles),
                        step.pass().number() + 1,
                        step.pass().phases().get(step.phase()).name()));
    }

    private void refuseRepeated(Path file, RuntimeException damage) {
        if (!seen.add(file))
            throw new JobException(
                    "%s was damaged again right after it was mended: check the disk, then resume the job."
                            .formatted(file),
                    damage);
    }

    private static String name(DamagedChunkException damage) {
        return "chunk %d,%d".formatted(damage.index().column(), damage.index().row());
    }

    private static String names(List<Tile> tiles) {
        return (tiles.size() == 1 ? "tile " : "tiles ")
                + tiles.stream().map(tile -> Integer.toString(tile.index())).collect(Collectors.joining(", "));
    }

    private void tell(String what) {
        account.mended();
        reporter.noticed("%s was damaged and is done again".formatted(what));
    }
}
