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

    Canvases(Path directory) {
        this.directory = directory;
    }

    public boolean isDone(String state) {
        return Files.exists(marker(state));
    }

    /**
     * A complete state.
     *
     * @throws JobException when its folder does not hold a picture of this size
     */
    public ZarrPicture open(String state, int width, int height) {
        Path folder = directory.resolve(state);
        try {
            ZarrPicture picture = ZarrPicture.open(folder);
            if (picture.width() == width && picture.height() == height) return picture;
            throw unusable(folder, "it has %dx%d pixels".formatted(picture.width(), picture.height()), null);
        } catch (PictureException e) {
            throw unusable(folder, e.getMessage(), e);
        }
    }

    private static JobException unusable(Path folder, String why, PictureException cause) {
        return new JobException(
                "The job's canvas %s is damaged: %s Restore the folder from a copy, or start the job anew in another folder."
                        .formatted(folder, why.endsWith(".") ? why : why + "."),
                cause);
    }

    /**
     * A state to be filled: new, or as far as an earlier process brought it. Chunks of the earlier process that are damaged
     * are deleted, so that they count as missing: they may have been torn by whatever ended it, and what they are made from
     * is deleted when the state is done.
     *
     * @param damaged told of every chunk deleted
     */
    public ZarrPicture begin(String state, int width, int height, Consumer<DamagedChunkException> damaged) {
        Path folder = directory.resolve(state);
        if (Files.exists(folder)) {
            try {
                ZarrPicture left = ZarrPicture.open(folder);
                if (left.width() == width && left.height() == height) {
                    left.grid().chunks().forEach(index -> dropIfDamaged(left, index, damaged));
                    return left;
                }
            } catch (PictureException e) {
                // Its description is damaged or was not yet written: nothing of it can be used.
            }
            Disk.delete(folder);
        }
        return ZarrPicture.create(folder, width, height);
    }

    private static void dropIfDamaged(ZarrPicture picture, ChunkIndex index, Consumer<DamagedChunkException> damaged) {
        if (!picture.hasChunk(index)) return;
        try {
            picture.readChunk(index);
        } catch (DamagedChunkException e) {
            Disk.delete(e.file());
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

    /** Makes a state unfinished, without the chunk found damaged. */
    public void reopen(String state, DamagedChunkException damage) {
        Disk.delete(marker(state));
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

    private Path marker(String state) {
        return directory.resolve(state + DONE);
    }
}
