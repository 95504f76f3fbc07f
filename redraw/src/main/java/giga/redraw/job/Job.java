package giga.redraw.job;

import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.store.AtomicFiles;
import giga.canvas.store.Failures;
import giga.redraw.JobException;
import giga.redraw.Pass;
import giga.redraw.Plan;
import giga.redraw.PlanJson;
import giga.redraw.Planner;
import giga.redraw.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A redraw on disk, held by this process until it is closed:
 *
 * <pre>
 * job.json          layout version, fingerprints of picture, model and the next three files
 * recipe.toml       the request
 * plan.json         all tiles
 * metadata.json     colour profile and dpi of the picture, for the result
 * lock              held by the process at work
 * canvas/STATE/     the picture's states, Zarr; STATE.done once complete
 * tiles/PASS-PHASE/ results of finished tiles until their phase is settled
 * ledger/PASS-PHASE/TILE  one entry per finished tile
 * run.log, progress.json
 * </pre>
 *
 * Passes and phases count from 0. Nothing but {@code run.log} is ever changed in place.
 */
public final class Job implements AutoCloseable {
    private static final String RECIPE = "recipe.toml";
    private static final String PLAN = "plan.json";
    private static final String METADATA = "metadata.json";
    private static final String LOG = "run.log";
    private static final String PROGRESS = "progress.json";
    private static final String SCRATCH = "scratch";
    private static final Set<String> BEFORE_MANIFEST = Set.of(JobLock.NAME, RECIPE, PLAN, METADATA);
    private static final List<String> ALL = List.of(
            Manifest.NAME, RECIPE, PLAN, METADATA, "canvas", "tiles", "ledger", SCRATCH, LOG, PROGRESS, JobLock.NAME);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path directory;
    private final JobLock lock;
    private final Manifest manifest;
    private final Request request;
    private final Plan plan;
    private final PictureMetadata metadata;
    private final RunLog log;

    private Job(Path directory, JobLock lock) {
        this.directory = directory;
        this.lock = lock;
        this.manifest = manifest(directory);
        this.request = Recipe.read(
                checked(RECIPE, manifest.recipe()), directory.resolve(RECIPE).toString());
        this.plan = PlanJson.read(
                checked(PLAN, manifest.plan()), directory.resolve(PLAN).toString());
        this.metadata = JSON.readValue(checked(METADATA, manifest.metadata()), PictureMetadata.class);
        this.log = new RunLog(directory.resolve(LOG));
    }

    /**
     * Begins a job in a folder that is new or empty.
     *
     * @throws JobException when the folder holds something else, or this very job (then it can be resumed)
     * @throws giga.canvas.PictureException when the picture cannot be read or the result cannot be written
     */
    public static Job create(Path directory, Request request) {
        refuseOccupied(directory, request);
        // All that can be refused is refused before the folder is made.
        Path input = Path.of(request.input());
        PictureInfo picture = info(input);
        Plan plan = Planner.plan(request, picture.width(), picture.height());
        PictureWriter.check(
                Path.of(request.output()), plan.canvas().width(), plan.canvas().height());
        Fingerprint source = Fingerprint.ofContent(input);
        Fingerprint model = Fingerprint.ofSamples(Path.of(request.model()));
        makeFolder(directory);
        JobLock lock = JobLock.acquire(directory);
        try {
            refuseOccupied(directory, request);
            Manifest manifest = new Manifest(
                    Manifest.FORMAT,
                    source,
                    model,
                    written(directory.resolve(RECIPE), Recipe.write(request)),
                    written(directory.resolve(PLAN), PlanJson.write(plan)),
                    written(directory.resolve(METADATA), JSON.writeValueAsString(metadata(picture))));
            Disk.write(directory.resolve(Manifest.NAME), manifest.write());
            return new Job(directory, lock);
        } catch (Throwable e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens a job to go on with it.
     *
     * @throws JobException when the folder is no job, is in use, damaged or of another version, or when the picture or the
     *     model is not the one that the job began with
     */
    public static Job open(Path directory) {
        if (!Files.isRegularFile(directory.resolve(Manifest.NAME)))
            throw new JobException("%s is no job: it has no %s. Name the folder that a redraw was given as --job."
                    .formatted(directory, Manifest.NAME));
        JobLock lock = JobLock.acquire(directory);
        try {
            Job job = new Job(directory, lock);
            job.refuseChanges();
            return job;
        } catch (Throwable e) {
            lock.close();
            throw e;
        }
    }

    /** Whether a folder holds a job, finished or not. */
    public static boolean isAt(Path directory) {
        return Files.isRegularFile(directory.resolve(Manifest.NAME));
    }

    /**
     * Deletes a job, damaged or not; files of others in its folder stay.
     *
     * @throws JobException when a process is at work on it
     */
    public static void discard(Path directory) {
        try (JobLock _ = JobLock.acquire(directory)) {
            for (String name : ALL.subList(0, ALL.size() - 1)) Disk.delete(directory.resolve(name));
        }
        Disk.delete(directory.resolve(JobLock.NAME));
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // Somebody keeps other files in it.
        }
    }

    /** An empty place in the job's folder for what {@link #clearScratch} deletes again. */
    public Path scratch() {
        clearScratch();
        return directory.resolve(SCRATCH);
    }

    public void clearScratch() {
        Disk.delete(directory.resolve(SCRATCH));
    }

    public Path directory() {
        return directory;
    }

    public Request request() {
        return request;
    }

    public Plan plan() {
        return plan;
    }

    /** What of the picture's description goes into the result. */
    public PictureMetadata metadata() {
        return metadata;
    }

    public RunLog log() {
        return log;
    }

    public Canvases canvases() {
        return new Canvases(directory.resolve("canvas"));
    }

    /** @param phase of the pass, from 0 */
    public TileResults results(Pass pass, int phase) {
        String name = pass.number() + "-" + phase;
        return new TileResults(
                directory.resolve("tiles").resolve(name),
                directory.resolve("ledger").resolve(name));
    }

    /** What the job is doing, for others to look at; replaced as a whole. */
    public void publish(String progressJson) {
        Disk.write(directory.resolve(PROGRESS), progressJson);
    }

    /** Refuses to go on when the picture that the job began with is gone or another. */
    public void refuseOtherSource() {
        Path input = Path.of(request.input());
        if (!Fingerprint.ofContent(input).equals(manifest.source()))
            throw new JobException(
                    "The picture %s has changed since the job %s began. Put the old one back, or start a new job in another folder."
                            .formatted(input, directory));
    }

    @Override
    public void close() {
        lock.close();
    }

    private void refuseChanges() {
        // A picture that is gone may no longer be needed; where it is, reading it will say so.
        if (Files.exists(Path.of(request.input()))) refuseOtherSource();
        Path model = Path.of(request.model());
        if (!Fingerprint.ofSamples(model).equals(manifest.model()))
            throw new JobException(
                    "The model %s has changed since the job %s began. Put the old one back, or start a new job in another folder."
                            .formatted(model, directory));
    }

    private static void refuseOccupied(Path directory, Request request) {
        if (Files.exists(directory.resolve(Manifest.NAME))) {
            Manifest old = manifest(directory);
            Fingerprint recipe = Fingerprint.of(Recipe.write(request).getBytes(StandardCharsets.UTF_8));
            throw new JobException(
                    recipe.equals(old.recipe())
                            ? "%1$s holds this very job already: `giga resume %1$s` goes on with it."
                                    .formatted(directory)
                            : "%1$s holds another job. Choose another folder, or `giga resume %1$s` to go on with that one."
                                    .formatted(directory));
        }
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

    private static void makeFolder(Path directory) {
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

    private static PictureInfo info(Path input) {
        try (PictureFile file = PictureFile.open(input)) {
            return file.info();
        }
    }

    private static PictureMetadata metadata(PictureInfo picture) {
        double dpi = picture.dpi().orElse(0);
        // Files state absurd values, which are better left out than passed on.
        return new PictureMetadata(
                picture.icc(), dpi >= 1 && dpi <= 65535 ? OptionalDouble.of(dpi) : OptionalDouble.empty());
    }

    private static Fingerprint written(Path file, String text) {
        Disk.write(file, text);
        return Fingerprint.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Manifest manifest(Path directory) {
        Path file = directory.resolve(Manifest.NAME);
        return Manifest.read(text(file, Manifest.MOST_BYTES), file);
    }

    private String checked(String name, Fingerprint expected) {
        Path file = directory.resolve(name);
        String text = text(file, expected.bytes());
        if (!Fingerprint.of(text.getBytes(StandardCharsets.UTF_8)).equals(expected))
            throw new JobException(
                    "%s is not what this job began with: it is damaged or was edited. Restore it from a copy, or start a new job in another folder."
                            .formatted(file));
        return text;
    }

    private static String text(Path file, long mostBytes) {
        try {
            if (Files.size(file) > mostBytes)
                throw new JobException(
                        "%s is longer than it can be: it is damaged or was edited. Restore it from a copy, or start a new job in another folder."
                                .formatted(file));
            // Not readString: damaged bytes that are no text must reach the checks, not end in a decoding error.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new JobException(
                    "%s is missing. Restore it from a copy, or start a new job in another folder.".formatted(file), e);
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }
}
