package giga.redraw.inspect.report;

import giga.canvas.store.AtomicFiles;
import giga.canvas.store.Failures;
import giga.redraw.JobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a report goes: the whole of it, or nothing. */
public final class ReportFile {
    private ReportFile() {}

    /**
     * Refuses a place that cannot take a report, before any work.
     *
     * @throws JobException when it is a folder, or lies in none
     */
    public static void check(Path file) {
        if (Files.isDirectory(file)) throw new JobException(file + " is a folder: name a file in it");
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder))
            throw new JobException("%s: there is no folder %s; create it first".formatted(file, folder));
    }

    /** @throws JobException when the disk refuses */
    public static void write(Path file, String text) {
        try {
            AtomicFiles.write(file.toAbsolutePath(), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new JobException(
                    "Cannot write %s: %s. Check the space on the disk and the rights."
                            .formatted(file, Failures.reason(e)),
                    e);
        }
    }
}
