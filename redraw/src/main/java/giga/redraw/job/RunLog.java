package giga.redraw.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** run.log: what happened to the job and when, a line each. Safe to share between threads. */
public final class RunLog {
    private final Path file;

    RunLog(Path file) {
        this.file = file;
    }

    public synchronized void line(String text) {
        String line = Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + text.replaceAll("\\R", " ") + "\n";
        try {
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // A full disk stops the work itself with a message; that its log stops too must not hide that.
        }
    }
}
