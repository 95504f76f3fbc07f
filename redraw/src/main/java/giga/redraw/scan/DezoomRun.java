package giga.redraw.scan;

import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.dezoom.Dezoom;
import giga.canvas.dezoom.Manners;
import giga.canvas.dezoom.format.Detection;
import giga.canvas.dezoom.format.Level;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.store.Failures;
import giga.canvas.store.Folders;
import giga.canvas.store.ZarrPicture;
import giga.redraw.run.ProgressEvent;
import giga.redraw.run.Stage;
import giga.redraw.run.StagedWork;
import giga.redraw.run.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/**
 * Fetches a picture from a server and writes it to a file. Tiles lie beside the output until that is written, so that the same command
 * goes on where one was stopped, without fetching any of them again.
 *
 * @param address of the picture's description, page or template, or the path of its file
 * @param allowMissing whether the picture is written with black where tiles cannot be fetched
 * @param keepCache whether the tiles stay
 */
public record DezoomRun(
        String address,
        Path output,
        LevelChoice choice,
        Manners manners,
        boolean allowMissing,
        boolean keepCache,
        StagedWork work) {

    /** What lies at the address. @throws PictureException when nobody knows what to make of it */
    public Detection.Found look() {
        boolean existed = Files.exists(cache(), LinkOption.NOFOLLOW_LINKS);
        try (Dezoom dezoom = new Dezoom(address, tiles(), manners)) {
            return dezoom.levels();
        } finally {
            // To count a template's tiles, some are fetched.
            if (!existed) clear();
        }
    }

    /**
     * Works until the output is written.
     *
     * @return the output's size
     * @throws StoppedException when stopping was asked for
     * @throws PictureException when the picture or a tile of it cannot be fetched, or a disk refuses
     */
    public Region run() {
        // The suffix is looked at before anything is fetched.
        PictureWriter.check(output, 1, 1);
        try (Dezoom dezoom = new Dezoom(address, tiles(), manners)) {
            Level level = choice.of(dezoom.levels().levels());
            PictureWriter.check(output, level.width(), level.height());
            make(dezoom, level);
            if (!keepCache) clear();
            return new Region(0, 0, level.width(), level.height());
        } catch (StoppedException e) {
            throw new StoppedException("Stopped; the same command goes on from here.");
        } finally {
            if (!Files.exists(tiles())) clear();
        }
    }

    private void make(Dezoom dezoom, Level level) {
        Path folder = canvas();
        try {
            // Tiles say what is there; a canvas that was left half filled does not.
            delete(folder);
            ZarrPicture canvas = ZarrPicture.create(folder, level.width(), level.height());
            work.stage(Stage.Kind.FETCH, level.tileCount(), done -> fetch(dezoom, level, canvas, done));
            work.stage(
                    Stage.Kind.EXPORT,
                    level.height(),
                    rows -> PictureWriter.write(canvas, output, PictureMetadata.NONE, rows));
        } finally {
            delete(folder);
        }
    }

    private void fetch(Dezoom dezoom, Level level, ZarrPicture canvas, IntConsumer done) {
        Dezoom.Missing missing = dezoom.fetch(level, canvas, done);
        if (missing.tiles() == 0) return;
        String what = "%d of %d tiles cannot be fetched: %s"
                .formatted(missing.tiles(), level.tileCount(), String.join(" ", missing.reasons()));
        if (!allowMissing)
            throw new PictureException(
                    what + " The same command tries these again; --allow-missing leaves them black.");
        work.progress().on(new ProgressEvent.Noticed(what + " They are black."));
    }

    /** Only what this makes: anybody may have a folder of that name. */
    private void clear() {
        delete(tiles());
        delete(canvas());
        try {
            Files.deleteIfExists(cache());
        } catch (IOException e) {
            // There is something else in it.
        }
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new PictureException(
                    "Cannot delete %s: %s. Delete it yourself.".formatted(folder, Failures.reason(e)), e);
        }
    }

    private Path tiles() {
        return cache().resolve("tiles");
    }

    private Path canvas() {
        return cache().resolve("canvas");
    }

    private Path cache() {
        return output.toAbsolutePath().resolveSibling(output.getFileName() + ".dezoom");
    }
}
