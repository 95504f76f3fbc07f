package giga.canvas.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Files that are either there and whole or not there at all: written under a temporary name in the same folder, then
 * renamed. A kill can leave a {@code *.partial} file behind, which nothing ever reads.
 */
public final class AtomicFiles {
    public static final String PARTIAL = ".partial";

    private AtomicFiles() {}

    /**
     * Writes what remains in {@code bytes}. The data and its length are forced to the disk before the rename, so that a
     * power cut cannot leave the final name on an empty file (about 1 ms for a chunk on an SSD; times need no force).
     * The folder itself is not forced: journaling file systems keep the order of renames, and a chunk whose rename is
     * lost is simply a chunk that is still to be computed.
     */
    public static void write(Path file, ByteBuffer bytes) throws IOException {
        replace(file, partial -> {
            try (FileChannel channel =
                    FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(false);
            }
        });
    }

    /** A second name for the bytes of {@code source}; a copy where the file system has no hard links. */
    static void link(Path file, Path source) throws IOException {
        replace(file, partial -> {
            try {
                Files.createLink(partial, source);
            } catch (NoSuchFileException e) {
                throw e;
            } catch (IOException | UnsupportedOperationException e) {
                write(partial, ByteBuffer.wrap(Files.readAllBytes(source)));
            }
        });
    }

    private static void replace(Path file, Filler filler) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + PARTIAL);
        Files.createDirectories(file.getParent());
        try {
            filler.fill(partial);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            // Also after success: POSIX rename does nothing, and says so to nobody, when both names are one file.
            Files.deleteIfExists(partial);
        }
    }

    private interface Filler {
        void fill(Path partial) throws IOException;
    }
}
