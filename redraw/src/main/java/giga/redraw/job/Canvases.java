package giga.redraw.job;

import giga.canvas.PictureException;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.DamagedChunkException;
import giga.canvas.store.ZarrPicture;
import giga.redraw.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The states that the picture goes through, a Zarr picture each. A state counts only once its marker is there: until then
 * it may be filled in part, and is filled on by whoever resumes the job.
 */
public final class Canvases {
    private static final String DONE = ".done";

    private final Path directory;
    private final RunLog log;

    Canvases(Path directory, RunLog log) {
        this.directory = directory;
        this.log = log;
    }

    public boolean isDone(String state) {
        return Files.exists(marker(state));
    }

    /** Where a state lies, if it is there. */
    public Path folder(String state) {
        return directory.resolve(state);
    }

    /**
     * A complete state: of its chunks one that is missing is damaged. Its description says nothing but the size, so one
     * that is lost is written anew.
     *
     * @throws JobException when its folder holds a picture of another size
     */
    public ZarrPicture open(String state, int width, int height) {
        Path folder = directory.resolve(state);
        ZarrPicture picture = described(folder, width, height);
        if (picture.width() == width && picture.height() == height) return picture;
        throw new JobException(
                "The job's canvas %s has %dx%d pixels instead of %dx%d: it is another picture. Restore the folder from a copy, or start the job anew in another folder."
                        .formatted(folder, picture.width(), picture.height(), width, height));
    }

    private ZarrPicture described(Path folder, int width, int height) {
        try {
            return ZarrPicture.openComplete(folder);
        } catch (PictureException e) {
            log.line(
                    "the description of canvas %s is written anew: %s".formatted(folder.getFileName(), e.getMessage()));
            Disk.delete(folder.resolve(ZarrPicture.DESCRIPTION));
            ZarrPicture.describe(folder, width, height);
            return ZarrPicture.openComplete(folder);
        }
    }

    /**
     * A state to be filled: new, or as far as an earlier process brought it. Chunks of the earlier process that are damaged
     * are deleted, so that they count as missing: they may have been torn by whatever ended it.
     *
     * @param damaged told of every chunk deleted
     */
    public ZarrPicture begin(String state, int width, int height, Consumer<DamagedChunkException> damaged) {
        ZarrPicture begun = begun(state, width, height);
        begun.grid().chunks().forEach(index -> dropIfDamaged(begun, index, damaged));
        return begun;
    }

    /** A state to be made good chunk by chunk, complete or freed long ago: of its chunks one that is missing is damaged. */
    public ZarrPicture patch(String state, int width, int height) {
        if (!isDone(state)) begun(state, width, height);
        return open(state, width, height);
    }

    private ZarrPicture begun(String state, int width, int height) {
        Path folder = directory.resolve(state);
        if (Files.exists(folder)) {
            try {
                ZarrPicture left = ZarrPicture.open(folder);
                if (left.width() == width && left.height() == height) return left;
            } catch (PictureException e) {
                // Its description is damaged or was not yet written: nothing of it can be used.
            }
            Disk.delete(folder);
        }
        return ZarrPicture.create(folder, width, height);
    }

    private void dropIfDamaged(ZarrPicture picture, ChunkIndex index, Consumer<DamagedChunkException> damaged) {
        if (!picture.hasChunk(index)) return;
        try {
            picture.readChunk(index);
        } catch (DamagedChunkException e) {
            drop(e);
            damaged.accept(e);
        }
    }

    public void finish(String state) {
        Disk.write(marker(state), "");
    }

    /** Whether any state is complete. */
    boolean anyDone() {
        if (!Files.isDirectory(directory)) return false;
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(DONE));
        } catch (IOException e) {
            throw Disk.unreadable(directory, e);
        }
    }

    /** Makes room for a chunk that was found damaged, whatever lies in its place. */
    public void drop(DamagedChunkException damage) {
        Disk.delete(damage.file());
    }

    /** Frees the space of a state that is no longer needed. */
    public void delete(String state) {
        Disk.delete(marker(state));
        Disk.delete(directory.resolve(state));
    }

    /** Whether the chunk belongs to the state. */
    public boolean holds(String state, DamagedChunkException damage) {
        return damage.file().startsWith(directory.resolve(state));
    }

    /** The file that says that a state is complete. */
    public Path marker(String state) {
        return directory.resolve(state + DONE);
    }
}
