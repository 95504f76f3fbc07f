package giga.canvas.store;

import giga.canvas.PictureException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Turns the disk's refusals into sentences. */
public final class Failures {
    private Failures() {}

    public static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "access is denied";
            case FileAlreadyExistsException _ -> "a file is in the way";
            case NotDirectoryException _ -> "it is not a folder";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    static PictureException unreadable(Path file, IOException e) {
        if (e instanceof ClosedByInterruptException) return interrupted(file, e);
        return new PictureException(
                "Cannot read " + file + ": " + reason(e) + "; check the disk and your permission to read it.", e);
    }

    /** The message of a failed write; a full disk is the usual cause, so it names the folder, the need and what is free. */
    static PictureException unwritable(Path directory, long neededBytes, IOException e) {
        if (e instanceof ClosedByInterruptException) return interrupted(directory, e);
        return new PictureException(
                "Cannot write the picture in " + directory + ": " + reason(e) + "; the whole picture takes up to "
                        + megabytes(neededBytes) + ", " + free(directory)
                        + "; free some space or choose another folder, then run again.",
                e);
    }

    private static PictureException interrupted(Path path, IOException e) {
        return new PictureException("The work on " + path + " was interrupted; run it again to go on.", e);
    }

    private static String free(Path directory) {
        try {
            return "free are " + megabytes(Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            return "free space is unknown";
        }
    }

    private static String megabytes(long bytes) {
        return Math.ceilDiv(bytes, 1_000_000) + " MB";
    }
}
