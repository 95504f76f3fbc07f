package giga.redraw.upscale;

import giga.canvas.PictureException;
import giga.canvas.store.AtomicFiles;
import giga.canvas.store.Failures;
import giga.canvas.store.Folders;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where an enlargement lies until its file is written: a folder beside the output, which a later run of the same work goes
 * on with. {@code for} says what it is for and is written first; {@code source.done} says that the source is whole.
 */
record Workplace(Path folder) {
    private static final String PURPOSE = "for";
    private static final String SOURCE_DONE = "source.done";

    /** @param purpose everything that decides the result's pixels; what another purpose left is deleted */
    static Workplace beside(Path output, String purpose) {
        Workplace place = new Workplace(output.resolveSibling(output.getFileName() + ".upscaling"));
        if (!place.says(purpose)) {
            place.refuseForeign();
            place.delete();
            place.write(PURPOSE, purpose);
        }
        return place;
    }

    private boolean says(String purpose) {
        try {
            return Files.exists(folder.resolve(PURPOSE))
                    && Files.readString(folder.resolve(PURPOSE)).equals(purpose);
        } catch (IOException e) {
            return false;
        }
    }

    /** A folder of that name may be anybody's. */
    private void refuseForeign() {
        if (Files.exists(folder) && !Files.exists(folder.resolve(PURPOSE)))
            throw new PictureException(folder + " stands where the work would lie; move it away or give another -o.");
    }

    boolean hasSource() {
        return Files.exists(folder.resolve(SOURCE_DONE));
    }

    void sourceIsWhole() {
        write(SOURCE_DONE, "");
    }

    ZarrPicture source(int width, int height) {
        Path source = folder.resolve("source");
        if (hasSource()) return ZarrPicture.openComplete(source);
        delete(source);
        return ZarrPicture.create(source, width, height);
    }

    ZarrPicture result(int width, int height) {
        Path result = folder.resolve("result");
        return Files.exists(result.resolve(ZarrPicture.DESCRIPTION))
                ? ZarrPicture.open(result)
                : ZarrPicture.create(result, width, height);
    }

    void delete() {
        delete(folder);
    }

    private void write(String name, String text) {
        try {
            Files.createDirectories(folder);
            AtomicFiles.write(folder.resolve(name), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new PictureException(
                    "Cannot write into %s: %s. Choose an output on a disk with space that you may write to."
                            .formatted(folder, Failures.reason(e)),
                    e);
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
}
