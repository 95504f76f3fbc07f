package giga.redraw.run;

import giga.canvas.store.DamagedChunkException;
import giga.redraw.JobException;
import giga.redraw.Tile;
import giga.redraw.job.Canvases;
import giga.redraw.job.DamagedTileException;
import giga.redraw.job.Job;
import giga.redraw.job.TileResults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Marks what was found damaged as not yet done, where it can be done again; the run then does it as if for the first time. */
final class Damage {
    private final Job job;
    private final List<Step> steps;
    private final Reporter reporter;
    private final Account account;
    private final Set<Path> seen = new HashSet<>();

    Damage(Job job, List<Step> steps, Reporter reporter, Account account) {
        this.job = job;
        this.steps = steps;
        this.reporter = reporter;
        this.account = account;
    }

    /** @throws JobException when what the chunk was made from is gone */
    void found(DamagedChunkException damage) {
        refuseRepeated(damage.file(), damage);
        Canvases canvases = job.canvases();
        Step step = steps.stream()
                .filter(made -> canvases.holds(made.state(), damage))
                .findFirst()
                .orElseThrow(() -> damage);
        if (!canRepeat(steps.indexOf(step)))
            throw new JobException(
                    "%s in the job's canvas is damaged, and what it was made from is gone. Restore that file from a copy, or start the job anew in another folder."
                            .formatted(damage.file()),
                    damage);
        canvases.reopen(step.state(), damage);
        tell("chunk %d,%d of canvas %s"
                .formatted(damage.index().column(), damage.index().row(), step.state()));
    }

    /** A chunk of a state that is being filled; it is already deleted. */
    void dropped(DamagedChunkException damage) {
        tell("chunk %d,%d of an unfinished canvas"
                .formatted(damage.index().column(), damage.index().row()));
    }

    void found(DamagedTileException damage, TileResults results) {
        refuseRepeated(damage.file(), damage);
        Tile tile = damage.tile();
        results.strike(tile);
        tell("tile " + tile.index());
    }

    /**
     * Whether a state can be made again: from the state before while that is there, and otherwise if all the way back to
     * the picture nothing was redrawn, for redrawing a pass twice in silence could cost days.
     */
    private boolean canRepeat(int step) {
        if (step == 0) {
            if (!Files.exists(job.input())) return false;
            job.refuseOtherSource();
            return true;
        }
        if (job.canvases().isDone(steps.get(step - 1).state())) return true;
        return steps.get(step) instanceof Step.Enlarge && canRepeat(step - 1);
    }

    private void refuseRepeated(Path file, RuntimeException damage) {
        if (!seen.add(file))
            throw new JobException(
                    "%s was damaged again right after it was mended: check the disk, then resume the job."
                            .formatted(file),
                    damage);
    }

    private void tell(String what) {
        account.mended();
        reporter.noticed("%s was damaged and is done again".formatted(what));
    }
}
