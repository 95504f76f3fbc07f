package giga.canvas.output;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Region;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Several pictures written into one folder, some at a time, so that one is read while another waits for the disk. They appear under their
 * names when all are complete; a failed or cancelled write leaves nothing.
 */
public final class PictureSet {
    private static final int MOST_AT_ONCE = 8;

    /** What writing a large picture keeps in memory. */
    private static final long MOST_BYTES = 96L << 20;

    private final Map<Path, Picture> pictures;
    private final PictureMetadata metadata;

    /** @param pictures by their files, all in one folder; formats as the suffixes tell */
    public PictureSet(Map<Path, Picture> pictures, PictureMetadata metadata) {
        this.pictures = new LinkedHashMap<>(pictures);
        this.metadata = metadata;
        if (this.pictures.isEmpty()) throw new IllegalArgumentException("no pictures");
    }

    /**
     * Refuses, before any work, names that are taken and places that cannot take their picture.
     *
     * @param sizes of the pictures by their files
     * @param replacing taken names are meant to be
     * @throws PictureException that names the place
     */
    public static void check(Map<Path, Region> sizes, PictureMetadata metadata, boolean replacing) {
        sizes.forEach((place, size) -> PictureWriter.check(place, size.width(), size.height(), metadata));
        if (replacing) return;
        List<Path> taken = sizes.keySet().stream()
                .filter(place -> Files.exists(place, LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (taken.isEmpty()) return;
        String more = taken.size() == 1 ? "" : " and %d more of these names".formatted(taken.size() - 1);
        throw new PictureException("%s%s: there already; give another -o, or --force to replace what is there."
                .formatted(taken.getFirst(), more));
    }

    /**
     * Writes all of them.
     *
     * @param pixelsDone told how many pixels are written so far, on one thread at a time; may throw to cancel
     * @throws PictureException when {@link #check} fails, the disk does, or a picture cannot be read
     */
    public void write(LongConsumer pixelsDone) {
        Map<Path, Region> sizes = new LinkedHashMap<>();
        pictures.forEach((place, picture) -> sizes.put(place, picture.bounds()));
        check(sizes, metadata, true);
        Path first = pictures.keySet().iterator().next();
        try (Staging staging = Staging.beside(first)) {
            Path made = Files.createDirectory(staging.resolve("made"));
            makeIn(made, new Progress(pixelsDone));
            publish(made, staging, first.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw PictureWriter.failed(first, e);
        }
    }

    private void makeIn(Path folder, Progress progress) {
        ExecutorService writers = Executors.newFixedThreadPool(atOnce());
        try {
            List<Future<?>> writes = new ArrayList<>();
            pictures.forEach((place, picture) ->
                    writes.add(writers.submit(() -> progress.guard(() -> make(place, picture, folder, progress)))));
            for (Future<?> write : writes) write.get();
        } catch (InterruptedException e) {
            progress.stop(new PictureException("Writing was interrupted; run it again.", e));
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            // Not by interrupting them, which would close the files they read.
            writers.shutdown();
            writers.close();
        }
        progress.rethrowFailure();
    }

    private void make(Path place, Picture picture, Path folder, Progress progress) {
        try {
            PictureWriter.make(picture, folder.resolve(place.getFileName()), metadata, progress.of(picture));
        } catch (IOException e) {
            throw PictureWriter.failed(place, e);
        }
    }

    private int atOnce() {
        long largest = pictures.values().stream()
                .mapToLong(picture -> 3 * picture.bounds().area())
                .max()
                .orElseThrow();
        long each = Math.clamp(4 * largest, 1, MOST_BYTES);
        return (int) Math.clamp(Runtime.getRuntime().maxMemory() / 2 / each, 1, MOST_AT_ONCE);
    }

    /** What belongs to a picture comes before it, so that none stands over another's parts. */
    private void publish(Path made, Staging staging, Path folder) throws IOException {
        Set<Path> names = pictures.keySet().stream().map(Path::getFileName).collect(Collectors.toSet());
        List<Path> parts = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(made, entry -> !names.contains(entry.getFileName()))) {
            entries.forEach(parts::add);
        }
        if (!parts.isEmpty()) for (Path name : names) staging.withdraw(folder.resolve(name));
        for (Path part : parts) staging.publish(part, folder.resolve(part.getFileName()));
        for (Path name : names) staging.publish(made.resolve(name), folder.resolve(name));
    }

    /** What is written, over all writers, and what stopped them. */
    private static final class Progress {
        private final LongConsumer told;
        private long pixels;
        private volatile Throwable failure;

        Progress(LongConsumer told) {
            this.told = told;
        }

        /** Does a part of the work unless another failed; then all others end at their next row. */
        void guard(Runnable work) {
            try {
                if (failure == null) work.run();
            } catch (Throwable e) {
                stop(e);
            }
        }

        synchronized void stop(Throwable cause) {
            if (failure == null) failure = cause;
        }

        void rethrowFailure() {
            if (failure instanceof Error error) throw error;
            if (failure != null) throw (RuntimeException) failure;
        }

        IntConsumer of(Picture picture) {
            int[] before = {0};
            return rows -> {
                synchronized (this) {
                    if (failure != null) throw new CancellationException();
                    pixels += (long) (rows - before[0]) * picture.width();
                    before[0] = rows;
                    told.accept(pixels);
                }
            };
        }
    }
}
