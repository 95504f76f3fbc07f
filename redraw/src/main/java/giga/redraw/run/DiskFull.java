package giga.redraw.run;

import giga.redraw.JobException;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a full disk from other failures. Java has no type for it, so the system's words must do. */
final class DiskFull {
    private static final List<String> WORDS =
            List.of("No space left", "not enough space", "disk is full", "quota exceeded");

    private DiskFull() {}

    static boolean isCauseOf(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .filter(IOException.class::isInstance)
                .anyMatch(cause -> WORDS.stream()
                        .anyMatch(Optional.ofNullable(cause.getMessage()).orElse("")::contains));
    }

    static JobException in(Job job, Throwable failure) {
        Path output = job.output().toAbsolutePath().getParent();
        return new JobException(
                "The disk is full: in the job's folder %s %s, in the result's folder %s %s. Nothing is lost: free some space, then go on with: %s"
                        .formatted(
                                job.directory(),
                                free(job.directory()),
                                output,
                                free(output),
                                Job.resumeCommand(job.directory())),
                failure);
    }

    private static String free(Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            return "%.1f MB are free".formatted(store.getUsableSpace() / 1e6);
        } catch (IOException e) {
            return "free space is unknown";
        }
    }
}
