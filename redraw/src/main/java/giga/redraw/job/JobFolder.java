package giga.redraw.job;

import giga.canvas.store.AtomicFiles;
import giga.canvas.store.Failures;
import giga.redraw.JobException;
import giga.redraw.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a job by their names, and what may be done to the folder they lie in. */
record JobFolder(Path directory) {
    static final String RECIPE = "recipe.toml";
    static final String PLAN = "plan.json";
    static final String METADATA = "metadata.json";
    static final String CANVAS = "canvas";
    static final String TILES = "tiles";
    static final String LATENTS = "latents";
    static final String LEDGER = "ledger";
    static final String SCRATCH = "scratch";
    static final String LOG = "run.log";
    static final String PROGRESS = "progress.json";
    static final String FORECAST = "forecast.json";

    private static final Set<String> BEFORE_MANIFEST = Set.of(JobLock.NAME, RECIPE, PLAN, METADATA);
    private static final Set<String> ALL = Set.of(
            Manifest.NAME, RECIPE, PLAN, METADATA, CANVAS, TILES, LATENTS, LEDGER, SCRATCH, LOG, PROGRESS, FORECAST);

    Path file(String name) {
        return directory.resolve(name);
    }

    void make() {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw new JobException("%s is a file. Choose another name for the job's folder.".formatted(directory), e);
        } catch (IOException e) {
            throw new JobException(
                    "Cannot make the folder %s for the job: %s. Choose a folder that you may write to."
                            .formatted(directory, Failures.reason(e)),
                    e);
        }
    }

    boolean isJob() {
        return Files.isRegularFile(file(Manifest.NAME));
    }

    void refuseNoJob() {
        if (!isJob())
            throw new JobException("%s is no job: it has no %s. Name the folder that a redraw was given as --job."
                    .formatted(directory, Manifest.NAME));
    }

    /** Refuses a folder in which a job with this request cannot begin. */
    void refuseOccupied(Request request) {
        if (Files.exists(file(Manifest.NAME))) throw occupied(request);
        if (!Files.isDirectory(directory)) return;
        try (Stream<Path> entries = Files.list(directory)) {
            // What a job leaves that was killed while it began is no obstacle.
            boolean free = entries.map(entry -> entry.getFileName().toString())
                    .allMatch(name -> BEFORE_MANIFEST.contains(name) || name.endsWith(AtomicFiles.PARTIAL));
            if (!free)
                throw new JobException(
                        "%s is not empty and holds no job. Choose a new folder for the job.".formatted(directory));
        } catch (IOException e) {
            throw Disk.unreadable(directory, e);
        }
    }

    private JobException occupied(Request request) {
        Fingerprint recipe = Fingerprint.of(RequestToml.write(request).getBytes(StandardCharsets.UTF_8));
        String message = recipe.equals(manifest().recipe())
                ? "%1$s holds this very job already: `%2$s` goes on with it."
                : "%1$s holds another job. Choose another folder, or `%2$s` to go on with that one.";
        return new JobException(message.formatted(directory, Job.resumeCommand(directory)));
    }

    Manifest manifest() {
        return Manifest.read(text(Manifest.NAME, Manifest.MOST_BYTES), file(Manifest.NAME));
    }

    Fingerprint write(String name, String text) {
        Disk.write(file(name), text);
        return Fingerprint.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A file's text, refused when it is not the one expected. */
    String read(String name, Fingerprint expected) {
        String text = text(name, expected.bytes());
        if (!Fingerprint.of(text.getBytes(StandardCharsets.UTF_8)).equals(expected))
            throw refused(name, "is not what this job began with: it is damaged or was edited");
        return text;
    }

    Optional<String> textIfThere(String name) {
        try {
            return Files.isRegularFile(file(name)) ? Optional.of(text(name, 1 << 16)) : Optional.empty();
        } catch (JobException e) {
            return Optional.empty();
        }
    }

    private String text(String name, long mostBytes) {
        Path file = file(name);
        try {
            if (Files.size(file) > mostBytes)
                throw refused(name, "is longer than it can be: it is damaged or was edited");
            // Not readString: damaged bytes that are no text must reach the checks, not end in a decoding error.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw refused(name, "is missing");
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    private JobException refused(String name, String what) {
        return new JobException(
                "%s %s. Restore it from a copy, or start a new job in another folder.".formatted(file(name), what));
    }

    /** Deletes the folder of a job that was emptied and whose lock is free; stays where others keep files in it. */
    void remove() {
        Disk.delete(file(JobLock.NAME));
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // Somebody keeps other files in it.
        }
    }

    /** Deletes what a killed process was just writing. */
    void deletePartials() {
        Disk.deletePartials(directory);
    }

    /** Deletes the job but for its lock. */
    void empty() {
        ALL.forEach(name -> Disk.delete(file(name)));
    }
}
