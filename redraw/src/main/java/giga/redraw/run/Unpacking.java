package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.input.PictureFile;
import giga.canvas.store.Failures;
import giga.canvas.store.Folders;
import giga.canvas.store.ZarrPicture;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Picture files read region by region, until this is closed: where they lie, if their format allows it, else unpacked into a folder that
 * goes with this. Three bytes a pixel on the disk then, little in memory.
 */
public final class Unpacking implements AutoCloseable {
    private final Path folder;
    private final Runnable cleaning;
    private final StagedWork work;
    private final List<PictureFile> files = new ArrayList<>();

    private Unpacking(Path folder, Runnable cleaning, StagedWork work) {
        this.folder = folder;
        this.cleaning = cleaning;
        this.work = work;
    }

    /** In the job's own folder. */
    public static Unpacking of(Job job, Progress progress) {
        return new Unpacking(job.scratch(), job::clearScratch, new StagedWork(progress, new Stop()));
    }

    /**
     * Where the system keeps what is temporary.
     *
     * @throws PictureException when nothing can be written there
     */
    public static Unpacking temporary(Progress progress) {
        return temporary(new StagedWork(progress, new Stop()));
    }

    /**
     * The same for work that can be stopped.
     *
     * @throws PictureException when nothing can be written there
     */
    public static Unpacking temporary(StagedWork work) {
        try {
            Path folder = Files.createTempDirectory("giga");
            return new Unpacking(folder, () -> delete(folder), work);
        } catch (IOException e) {
            throw new PictureException(
                    "There is no place for temporary files: " + Failures.reason(e)
                            + ". Name a folder for them in the variable TMPDIR and as -Djava.io.tmpdir.",
                    e);
        }
    }

    /** @throws PictureException when the file is no picture or cannot be read, or the disk is full */
    public Picture picture(Path path) {
        return picture(file(path));
    }

    /**
     * A picture's file, open until this is closed.
     *
     * @throws PictureException when it is no picture or cannot be read
     */
    public PictureFile file(Path path) {
        PictureFile file = PictureFile.open(path);
        files.add(file);
        return file;
    }

    /** The picture of such a file. @throws PictureException when it cannot be read, or the disk is full */
    public Picture picture(PictureFile file) {
        return pictures(List.of(file)).getFirst();
    }

    /** The pictures of such files, those that have to be unpacked several at a time. @throws PictureException as for one */
    public List<Picture> pictures(List<PictureFile> wanted) {
        List<Picture> pictures = new ArrayList<>();
        Map<PictureFile, ZarrPicture> unpacked = new LinkedHashMap<>();
        for (PictureFile file : wanted)
            pictures.add(file.picture().orElseGet(() -> unpacked.computeIfAbsent(file, this::room)));
        if (unpacked.isEmpty()) return pictures;
        long rows = unpacked.values().stream().mapToLong(Picture::height).sum();
        work.stage(Stage.Kind.DECODE, rows, done -> new Decoding(done).run(unpacked));
        return pictures;
    }

    private ZarrPicture room(PictureFile file) {
        return ZarrPicture.create(
                folder.resolve(Integer.toString(files.indexOf(file))),
                file.info().width(),
                file.info().height());
    }

    @Override
    public void close() {
        try {
            files.forEach(PictureFile::close);
        } finally {
            cleaning.run();
        }
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // The system clears its temporary folder itself.
        }
    }
}
