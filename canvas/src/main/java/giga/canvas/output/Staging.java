package giga.canvas.output;

import giga.canvas.store.AtomicFiles;
import giga.canvas.store.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A hidden folder beside a picture, in which it is made until it is whole. Closing deletes it with what is left in it; a
 * kill leaves it, for {@link #deleteLeftovers}.
 */
public final class Staging implements AutoCloseable {
    /** Between this machine and one that serves its files. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final Path folder;

    private Staging(Path folder) {
        this.folder = folder;
    }

    public static Staging beside(Path out) throws IOException {
        String unique = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return new Staging(Files.createDirectory(
                out.toAbsolutePath().resolveSibling("." + out.getFileName() + "." + unique + AtomicFiles.PARTIAL)));
    }

    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /** Gives a finished file or folder its place. A folder that is there goes; between the two moves there is none. */
    public void publish(Path made, Path place) throws IOException {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) withdraw(place);
        Files.move(made, place.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes away what stands at a place, if anything does, to be deleted with this folder. */
    void withdraw(Path place) throws IOException {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS))
            Files.move(
                    place.toAbsolutePath(),
                    folder.resolve("old-" + place.getFileName()),
                    StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Deletes what writes of this picture left that were killed: gigabytes that nobody would find, the names being hidden.
     *
     * @param before only what is older than this; another program may be writing a picture of the same name at this moment
     */
    public static void deleteLeftovers(Path out, Instant before) throws IOException {
        Pattern name = Pattern.compile(
                Pattern.quote("." + out.getFileName() + ".") + "[0-9a-f]{1,16}" + Pattern.quote(AtomicFiles.PARTIAL));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(
                out.toAbsolutePath().getParent(),
                path -> name.matcher(path.getFileName().toString()).matches())) {
            // What comes from the future was written before the clock was set back.
            Instant future = Instant.now().plus(CLOCKS_DIFFER);
            for (Path path : found) {
                Instant written = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                if (written.isBefore(before) || written.isAfter(future)) Folders.delete(path);
            }
        }
    }

    @Override
    public void close() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // What matters has succeeded, or failed for a reason that will be told; a stray hidden folder does no harm.
        }
    }
}
