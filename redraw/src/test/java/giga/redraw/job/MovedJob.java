package giga.redraw.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A job as another machine would have begun it. */
public final class MovedJob {
    private MovedJob() {}

    /** Lets the manifest say another number of threads. */
    public static void withThreads(Path job, int threads) throws IOException {
        Path file = job.resolve(Manifest.NAME);
        Manifest own = Manifest.read(Files.readString(file), file);
        Manifest other = new Manifest(
                own.format(),
                threads,
                own.source(),
                own.model(),
                own.companions(),
                own.recipe(),
                own.plan(),
                own.metadata());
        Files.writeString(file, other.write());
    }
}
