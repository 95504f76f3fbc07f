package giga.redraw.run;

import giga.canvas.PictureException;
import giga.canvas.input.PictureFile;
import giga.canvas.store.Failures;
import giga.canvas.store.ZarrPicture;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Picture files made readable region by region, which a PNG is not: unpacked into a folder that goes when this is closed.
 * Three bytes a pixel on the disk, little in memory.
 */
public final class Unpacking implements AutoCloseable {
    private final Path folder;
    private final Runnable cleaning;
    private final Progress progress;
    private int pictures;

    private Unpacking(Path folder, Runnable cleaning, Progress progress) {
        this.folder = folder;
        this.cleaning = cleaning;
        this.progress = progress;
    }

    /** In the job's own folder. */
    public static Unpacking of(Job job, Progress progress) {
        return new Unpacking(job.scratch(), job::clearScratch, progress);
    }

    /**
     * Where the system keeps what is temporary.
     *
     * @throws PictureException when nothing can be written there
     */
    public static Unpacking temporary(Progress progress) {
        try {
            Path folder = Files.createTempDirectory("giga-inspect");
            return new Unpacking(folder, () -> delete(folder), progress);
        } catch (IOException e) {
            throw new PictureException(
                    "There is no place for temporary files: " + Failures.reason(e)
                            + ". Name a folder for them in the variable TMPDIR and as -Djava.io.tmpdir.",
                    e);
        }
    }

    /** @throws PictureException when the file is no picture or cannot be read, or the disk is full */
    public ZarrPicture picture(Path file) {
        try (PictureFile picture = PictureFile.open(file)) {
            ZarrPicture unpacked = ZarrPicture.create(
                    folder.resolve(Integer.toString(pictures++)),
                    picture.info().width(),
                    picture.info().height());
            Stage stage = new Stage(Stage.Kind.DECODE, 0, 0, unpacked.height());
            long start = System.nanoTime();
            progress.on(new ProgressEvent.StageStarted(stage, 0));
            picture.copyTo(unpacked, rows -> progress.on(new ProgressEvent.StageAdvanced(stage, rows)));
            progress.on(new ProgressEvent.StageFinished(stage, (System.nanoTime() - start) / 1e9));
            return unpacked;
        }
    }

    @Override
    public void close() {
        cleaning.run();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) Files.deleteIfExists(file);
        } catch (IOException e) {
            // The system clears its temporary folder itself.
        }
    }
}
