package giga.redraw.run;

import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.DamagedChunkException;
import giga.canvas.store.ZarrPicture;
import giga.redraw.JobException;
import giga.redraw.Pass;
import giga.redraw.Tile;
import giga.redraw.job.Canvases;
import giga.redraw.job.DamagedTileException;
import giga.redraw.job.Job;
import giga.redraw.job.TileResults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads all that a job's folder holds and is still needed, and compares it with its checksums. Nothing is changed: what is
 * found is mended by the next {@link RedrawRun}.
 */
public final class Verification {
    private final Job job;
    private final Canvases canvases;
    private final List<Step> steps;
    private final int complete;
    private final int reached;
    private final Progress progress;
    private final List<Finding> findings = new ArrayList<>();
    private final Stage stage;
    private long chunks;
    private long tiles;
    private long done;

    private Verification(Job job, Progress progress) {
        this.job = job;
        this.canvases = job.canvases();
        this.steps = Step.of(job.plan());
        this.progress = progress;
        int last = steps.size() - 1;
        while (last >= 0 && !canvases.isDone(steps.get(last).state())) last--;
        this.complete = last;
        this.reached = reached();
        long files = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (isThere(i)) files += grid(steps.get(i));
            if (i > reached) files += steps.get(i).tiles();
        }
        this.stage = new Stage(Stage.Kind.VERIFY, 0, 0, files);
    }

    /** @param job as {@link Job#openToLook} opens it */
    public static Verdict of(Job job, Progress progress) {
        return new Verification(job, progress).verdict();
    }

    private Verdict verdict() {
        long start = System.nanoTime();
        progress.on(new ProgressEvent.StageStarted(stage, 0));
        originals();
        marker();
        for (int i = 0; i < steps.size(); i++) {
            Optional<ZarrPicture> canvas = isThere(i) ? canvas(i) : Optional.empty();
            int number = i;
            canvas.ifPresent(picture -> chunks(number, picture));
            if (i > reached && steps.get(i) instanceof Step.Redraw redraw) results(redraw, canvas);
        }
        job.plan().passes().forEach(this::latents);
        boolean finished = complete == steps.size() - 1;
        if (finished) results();
        progress.on(new ProgressEvent.StageFinished(stage, (System.nanoTime() - start) / 1e9));
        Optional<String> state = complete < 0
                ? Optional.empty()
                : Optional.of(steps.get(complete).state());
        return new Verdict(job.directory(), state, finished, chunks, tiles, findings);
    }

    /** What a resume would refuse. A picture that is gone it may not need. */
    private void originals() {
        if (Files.exists(job.input())) original("the picture", job.input(), job::refuseOtherSource);
        else if (complete < 0)
            find("the picture", Optional.empty(), job.input(), "is gone, and the job has not read it yet", false);
        original("the model", job.model(), job::refuseOtherModel);
    }

    private void original(String subject, Path file, Runnable refusal) {
        try {
            refusal.run();
        } catch (JobException e) {
            find(subject, Optional.empty(), file, "will be refused: " + e.getMessage(), false);
        }
    }

    /**
     * The last state that was complete: that of which the marker says so or, should it be lost, the one before the furthest
     * that lies there; where that one is gone too it was freed, which happens only once the next is complete.
     */
    private int reached() {
        int furthest = steps.size() - 1;
        while (furthest > complete && Files.notExists(canvases.folder(state(furthest)))) furthest--;
        if (furthest <= complete + 1) return complete;
        return Files.exists(canvases.folder(state(furthest - 1))) ? furthest - 1 : furthest;
    }

    private void marker() {
        if (reached == complete) return;
        String state = state(reached);
        find("canvas " + state, Optional.empty(), canvases.marker(state), "is missing, though it was complete", true);
    }

    private String state(int step) {
        return steps.get(step).state();
    }

    /** States before the last complete one lie there only where they are kept; else they are spent. */
    private boolean isThere(int step) {
        String state = steps.get(step).state();
        return canvases.isDone(state) || step > complete && Files.exists(canvases.folder(state));
    }

    private Optional<ZarrPicture> canvas(int number) {
        Step step = steps.get(number);
        Path folder = canvases.folder(step.state());
        String subject = "canvas " + step.state();
        if (!Files.isDirectory(folder)) {
            find(subject, Optional.empty(), folder, "is no folder, or gone altogether", true);
            return Optional.empty();
        }
        try {
            boolean whole = canvases.isDone(step.state());
            ZarrPicture picture = whole ? ZarrPicture.openComplete(folder) : ZarrPicture.open(folder);
            if (picture.width() == step.width() && picture.height() == step.height()) return Optional.of(picture);
            String sizes = "has %dx%d pixels instead of %dx%d"
                    .formatted(picture.width(), picture.height(), step.width(), step.height());
            find(subject, Optional.empty(), folder, sizes, number > complete);
        } catch (PictureException e) {
            Path description = folder.resolve(ZarrPicture.DESCRIPTION);
            find(subject, Optional.empty(), description, "does not describe it: " + e.getMessage(), true);
        }
        return Optional.empty();
    }

    private void chunks(int number, ZarrPicture picture) {
        Step step = steps.get(number);
        boolean whole = canvases.isDone(step.state());
        picture.grid().chunks().forEach(index -> {
            advance();
            if (!whole && !picture.hasChunk(index)) return;
            chunks++;
            String subject = "canvas %s, chunk %d,%d".formatted(step.state(), index.column(), index.row());
            Optional<Region> place = Optional.of(picture.grid().region(index));
            try {
                picture.readChunk(index);
            } catch (DamagedChunkException e) {
                find(subject, place, e.file(), e.what(), true);
            } catch (PictureException e) {
                find(subject, place, picture.chunkFile(index), "cannot be read: " + e.getMessage(), false);
            }
        });
    }

    /** The picture, its pieces and its prints. */
    private void results() {
        Ending ending = new Ending(job.request().result(), job.output(), job.metadata());
        for (Path file : ending.files(job.plan().canvas()))
            if (!Files.exists(file)) {
                String subject = file.equals(job.output()) ? "the result" : "a file of the result";
                find(subject, Optional.empty(), file, "is missing", true);
            }
    }

    private void results(Step.Redraw step, Optional<ZarrPicture> settled) {
        TileResults results = job.results(step.pass(), step.phase());
        Set<ChunkIndex> there = new HashSet<>();
        settled.ifPresent(
                picture -> picture.grid().chunks().filter(picture::hasChunk).forEach(there::add));
        for (Tile tile : step.pass().phases().get(step.phase()).tiles()) {
            advance();
            boolean spent = settled.isPresent()
                    && settled.get().grid().touching(tile.write()).allMatch(there::contains);
            result(step, tile, results, spent);
        }
    }

    /** @param spent whether all that its pixels were needed for is settled, so that they may be gone */
    private void result(Step.Redraw step, Tile tile, TileResults results, boolean spent) {
        String phase = step.pass().phases().get(step.phase()).name();
        String subject = "tile %d of pass %d, phase %s"
                .formatted(tile.index(), step.pass().number() + 1, phase);
        Optional<Region> place = Optional.of(tile.write());
        try {
            if (!results.isEntered(tile)) return;
            tiles++;
            if (spent && Files.notExists(results.file(tile))) return;
            if (!results.has(tile)) find(subject, place, results.file(tile), "is missing", true);
        } catch (DamagedTileException e) {
            find(subject, place, e.file(), e.what(), true);
        } catch (JobException e) {
            find(subject, place, results.file(tile), "cannot be read: " + e.getMessage(), false);
        }
    }

    private void latents(Pass pass) {
        for (Path file : job.latents(pass).damaged())
            find("latents of pass " + (pass.number() + 1), Optional.empty(), file, "does not match its checksum", true);
    }

    private void find(String subject, Optional<Region> place, Path file, String what, boolean mendable) {
        findings.add(new Finding(subject, place, file, what, mendable));
    }

    private void advance() {
        progress.on(new ProgressEvent.StageAdvanced(stage, ++done));
    }

    private static long grid(Step step) {
        long side = ZarrPicture.CHUNK_SIDE;
        return Math.ceilDiv(step.width(), side) * Math.ceilDiv(step.height(), side);
    }
}
