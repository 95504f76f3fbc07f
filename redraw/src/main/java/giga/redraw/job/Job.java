package giga.redraw.job;

import giga.canvas.output.PictureMetadata;
import giga.redraw.JobException;
import giga.redraw.Pass;
import giga.redraw.Plan;
import giga.redraw.PlanJson;
import giga.redraw.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * A redraw on disk, held by this process until it is closed:
 *
 * <pre>
 * job.json          layout version, threads, fingerprints of picture, model and the next three files
 * recipe.toml       the request
 * plan.json         all tiles
 * metadata.json     colour profile and dpi of the picture, for the result
 * lock              held by the process at work
 * canvas/STATE/     the picture's states, Zarr; STATE.done once complete
 * tiles/PASS-PHASE/ results of finished tiles until their phase is settled
 * latents/PASS/LAYER/     latents of windows that go through the sampler together, until their pass is drawn
 * ledger/PASS-PHASE/TILE  one entry per finished tile
 * run.log, progress.json, forecast.json
 * </pre>
 *
 * Passes and phases count from 0. Nothing but {@code run.log} is ever changed in place.
 */
public final class Job implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JobFolder folder;
    private final JobLock lock;
    private final Manifest manifest;
    private final Request request;
    private final Plan plan;
    private final PictureMetadata metadata;
    private final RunLog log;

    private Job(JobFolder folder, JobLock lock) {
        this.folder = folder;
        this.lock = lock;
        this.manifest = folder.manifest();
        this.request = RequestToml.read(folder.read(JobFolder.RECIPE, manifest.recipe()), name(JobFolder.RECIPE));
        this.plan = PlanJson.read(folder.read(JobFolder.PLAN, manifest.plan()), name(JobFolder.PLAN));
        this.metadata = JSON.readValue(folder.read(JobFolder.METADATA, manifest.metadata()), PictureMetadata.class);
        this.log = new RunLog(folder.file(JobFolder.LOG));
    }

    /**
     * Begins a job in a folder that is new or empty.
     *
     * @throws JobException when the folder holds something else, or this very job (then it can be resumed),
     *     or when its disk cannot hold what the job will need
     * @throws giga.canvas.PictureException when the picture cannot be read or the result cannot be written
     */
    public static Job create(Path directory, Request request) {
        return create(directory, request, plan -> Map.of());
    }

    /** @param texts that the result's file is to hold, by keyword */
    public static Job create(Path directory, Request request, Function<Plan, Map<String, String>> texts) {
        JobFolder folder = new JobFolder(directory);
        folder.refuseOccupied(request);
        NewJob begun = NewJob.of(directory, request, texts);
        folder.make();
        return held(folder, lock -> {
            folder.refuseOccupied(request);
            try {
                begun.write(folder);
                return new Job(folder, lock);
            } catch (RuntimeException e) {
                // A folder that is no job yet is of no use to anybody.
                folder.empty();
                lock.close();
                folder.remove();
                throw e;
            }
        });
    }

    /**
     * Opens a job to go on with it.
     *
     * @throws JobException when the folder is no job, is in use, damaged or of another version, or when the picture or the
     *     model is not the one that the job began with
     */
    public static Job open(Path directory) {
        JobFolder folder = new JobFolder(directory);
        folder.refuseNoJob();
        return held(folder, lock -> {
            Job job = new Job(folder, lock);
            // A picture that is gone may no longer be needed; where it is, reading it will say so.
            if (Files.exists(job.input())) job.refuseOtherSource();
            job.refuseOtherModel();
            folder.deletePartials();
            return job;
        });
    }

    /**
     * Opens a job only to look at it: nothing in its folder is changed, and what it began with may be gone.
     *
     * @throws JobException when the folder is no job, is in use, damaged or of another version
     */
    public static Job openToLook(Path directory) {
        JobFolder folder = new JobFolder(directory);
        folder.refuseNoJob();
        return held(folder, lock -> new Job(folder, lock));
    }

    private interface Opening {
        Job with(JobLock lock);
    }

    private static Job held(JobFolder folder, Opening opening) {
        JobLock lock = JobLock.acquire(folder.directory());
        try {
            return opening.with(lock);
        } catch (Throwable e) {
            lock.close();
            throw e;
        }
    }

    /** Whether a folder holds a job, finished or not. */
    public static boolean isAt(Path directory) {
        return new JobFolder(directory).isJob();
    }

    /**
     * Deletes a job, damaged or not; files of others in its folder stay.
     *
     * @throws JobException when the folder is no job or a process is at work on it
     */
    public static void discard(Path directory) {
        JobFolder folder = new JobFolder(directory);
        folder.refuseNoJob();
        try (JobLock _ = JobLock.acquire(directory)) {
            folder.empty();
        }
        folder.remove();
    }

    /** The command that goes on with a job, fit to be pasted into a shell. */
    public static String resumeCommand(Path directory) {
        String folder = directory.toString();
        boolean plain = folder.matches("[\\p{L}\\p{N}/._+:\\\\-]+");
        return "giga resume " + (plain ? folder : '"' + folder + '"');
    }

    /** An empty place in the job's folder for what {@link #clearScratch} deletes again. */
    public Path scratch() {
        clearScratch();
        return folder.file(JobFolder.SCRATCH);
    }

    public void clearScratch() {
        Disk.delete(folder.file(JobFolder.SCRATCH));
    }

    public Path directory() {
        return folder.directory();
    }

    public Request request() {
        return request;
    }

    public Path input() {
        return originals().input();
    }

    public Path output() {
        return originals().output();
    }

    public Path model() {
        return originals().model();
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
        return new Canvases(folder.file(JobFolder.CANVAS), log);
    }

    /** Whether there is anything that would be lost with the job: the picture's first state, or what was made from it. */
    public boolean hasBegun() {
        return canvases().anyDone();
    }

    /** @param phase of the pass, from 0 */
    public TileResults results(Pass pass, int phase) {
        String name = pass.number() + "-" + phase;
        return new TileResults(
                folder.file(JobFolder.TILES).resolve(name),
                folder.file(JobFolder.LEDGER).resolve(name));
    }

    /** The latents of a pass whose windows go through the sampler together. */
    public Latents latents(Pass pass) {
        return new Latents(folder.file(JobFolder.LATENTS).resolve(Integer.toString(pass.number())));
    }

    /** What was noted of the job's cost. */
    public Optional<String> forecast() {
        return folder.textIfThere(JobFolder.FORECAST);
    }

    /** Notes what the job is to take and took. */
    public void noteForecast(String json) {
        Disk.write(folder.file(JobFolder.FORECAST), json);
    }

    /** What the job is doing, for others to look at; replaced as a whole. */
    public void publish(String progressJson) {
        Disk.write(folder.file(JobFolder.PROGRESS), progressJson);
    }

    /** Refuses to go on when the picture that the job began with is gone or another. */
    public void refuseOtherSource() {
        originals().refuseOtherSource(manifest, directory());
    }

    /** Refuses to go on when the model, its VAE or a LoRA is gone or another. */
    public void refuseOtherModel() {
        originals().refuseOtherModel(manifest, directory());
    }

    /** What may show where this machine goes on with a job that began on another. */
    public Optional<String> warning() {
        int threads = Runtime.getRuntime().availableProcessors();
        boolean onProcessor = request.passes().stream()
                .anyMatch(pass -> pass.diffusion().model().device().equals("cpu"));
        if (!onProcessor || threads == manifest.threads()) return Optional.empty();
        return Optional.of(
                "the job began with %d threads and goes on with %d: what is redrawn from here may differ by a grey level from an unbroken run"
                        .formatted(manifest.threads(), threads));
    }

    private Originals originals() {
        return new Originals(request);
    }

    @Override
    public void close() {
        lock.close();
    }

    private String name(String file) {
        return folder.file(file).toString();
    }
}
