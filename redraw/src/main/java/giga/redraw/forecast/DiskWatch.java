package giga.redraw.forecast;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/** Looks now and then how many bytes a folder holds, and remembers the most; it takes a fiftieth of a thread at most. */
public final class DiskWatch implements AutoCloseable {
    private static final long SHORTEST_PAUSE_MILLIS = 500;
    private static final int PAUSES = 50;

    private final Path folder;
    private final Thread thread;
    private volatile long peak;

    private DiskWatch(Path folder) {
        this.folder = folder;
        this.thread = Thread.ofPlatform().daemon().name("disk-watch").unstarted(this::watch);
    }

    public static DiskWatch over(Path folder) {
        DiskWatch watch = new DiskWatch(folder);
        watch.thread.start();
        return watch;
    }

    /** The most bytes seen so far; what has two names counts once. */
    public long peakBytes() {
        return peak;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                long start = System.nanoTime();
                peak = Math.max(peak, bytes(folder));
                long took = (System.nanoTime() - start) / 1_000_000;
                Thread.sleep(Math.max(SHORTEST_PAUSE_MILLIS, PAUSES * took));
            }
        } catch (InterruptedException | IOException e) {
            // The run is over, or its folder can no longer be looked at.
        }
    }

    static long bytes(Path folder) throws IOException {
        long[] bytes = {0};
        Set<Object> seen = new HashSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.fileKey() == null || seen.add(attributes.fileKey())) bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // Files come and go while a job runs.
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }
}
