package giga.redraw.job;

import giga.canvas.store.AtomicFiles;
import giga.canvas.store.Failures;
import giga.canvas.store.Folders;
import giga.redraw.JobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a job does to its folder, with the disk's refusals as sentences. */
final class Disk {
    private static final Pattern PARTIAL = Pattern.compile(".*\\.[0-9a-f]{1,16}" + Pattern.quote(AtomicFiles.PARTIAL));

    private Disk() {}

    /** The file holds these bytes, or what it held before. An empty folder that took its place is put away. */
    static void write(Path file, ByteBuffer bytes) {
        try {
            if (Files.isDirectory(file)) Files.delete(file);
            AtomicFiles.write(file, bytes);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    static void write(Path file, String text) {
        write(file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    static JobException unwritable(Path file, IOException e) {
        return new JobException(
                "Cannot write %s: %s; %s. Free some space or mend the folder's permissions, then run again."
                        .formatted(file, Failures.reason(e), free(file)),
                e);
    }

    /** How much the disk below a file or folder still takes, as a part of a sentence. */
    static String free(Path file) {
        try {
            Path folder = Files.isDirectory(file) ? file : file.getParent();
            return "%d MB are free".formatted(Files.getFileStore(folder).getUsableSpace() / 1_000_000);
        } catch (IOException e) {
            return "free space is unknown";
        }
    }

    static JobException unreadable(Path file, IOException e) {
        return new JobException(
                "Cannot read %s: %s. Check the disk and its permissions.".formatted(file, Failures.reason(e)), e);
    }

    /** Deletes what was being written below a folder when its process was killed; nobody else may be writing there. */
    static void deletePartials(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Disk::isPartial).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unreadable(root, e);
        } catch (UncheckedIOException e) {
            throw unreadable(root, e.getCause());
        }
    }

    private static boolean isPartial(Path file) {
        return PARTIAL.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file);
    }

    /** Deletes a file, or a folder with all it holds; nothing happens where there is neither. Links are not followed. */
    static void delete(Path root) {
        try {
            Folders.delete(root);
        } catch (IOException e) {
            throw new JobException(
                    "Cannot delete %s: %s. Mend its permissions or delete it by hand, then run again."
                            .formatted(root, Failures.reason(e)),
                    e);
        }
    }
}
