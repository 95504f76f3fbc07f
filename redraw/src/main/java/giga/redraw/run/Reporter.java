package giga.redraw.run;

import giga.redraw.JobException;
import giga.redraw.Tile;
import giga.redraw.job.Job;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Brings what happens in several threads to the listener one by one, and to the job's progress.json once a second. */
final class Reporter {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long PUBLISH_NANOS = 1_000_000_000;

    private final Job job;
    private final Progress listener;
    private final long began = System.nanoTime();
    private long published = began - PUBLISH_NANOS;
    private final Set<String> once = new HashSet<>();
    private Stage stage = new Stage(Stage.Kind.DECODE, 0, 0, 0);
    private long stageBegan = began;
    private long done;
    private int tilesDone;

    Reporter(Job job, Progress listener) {
        this.job = job;
        this.listener = listener;
    }

    synchronized void started(Stage started, long alreadyDone) {
        stage = started;
        stageBegan = System.nanoTime();
        done = alreadyDone;
        listener.on(new ProgressEvent.StageStarted(stage, done));
        publish(false);
    }

    synchronized void advanced(long units) {
        done = units;
        listener.on(new ProgressEvent.StageAdvanced(stage, done));
        publish(false);
    }

    synchronized void stored(Tile tile, double readSeconds, double computeSeconds, double writeSeconds) {
        done++;
        tilesDone++;
        listener.on(new ProgressEvent.TileDone(stage, tile, done, readSeconds, computeSeconds, writeSeconds));
        publish(false);
    }

    synchronized void finished() {
        listener.on(new ProgressEvent.StageFinished(stage, (System.nanoTime() - stageBegan) / 1e9));
    }

    synchronized void noticed(String text) {
        job.log().line(text);
        listener.on(new ProgressEvent.Noticed(text));
    }

    synchronized void noticedOnce(String text) {
        if (once.add(text)) noticed(text);
    }

    /** @param tiles of all passes that are finished at this point */
    synchronized void tilesDone(int tiles) {
        tilesDone = tiles;
    }

    synchronized int tilesDone() {
        return tilesDone;
    }

    /** The run is over: done, stopped or failed. */
    synchronized void ended(String state) {
        publish(true, state);
    }

    private void publish(boolean now) {
        publish(now, "running");
    }

    private void publish(boolean now, String state) {
        long time = System.nanoTime();
        if (!now && time - published < PUBLISH_NANOS) return;
        published = time;
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("state", state);
        progress.put("stage", stage.kind().name().toLowerCase(Locale.ROOT));
        progress.put("pass", stage.pass());
        progress.put("passes", job.plan().passes().size());
        progress.put("phase", stage.phase());
        progress.put("phaseName", stage.name());
        progress.put("done", done);
        progress.put("total", stage.total());
        progress.put("tilesDone", tilesDone);
        progress.put("tiles", job.plan().tileCount());
        progress.put("seconds", (time - began) / 1_000_000 / 1e3);
        try {
            job.publish(JSON.writeValueAsString(progress) + "\n");
        } catch (JobException e) {
            // A full disk stops the work itself with a message; that nobody can watch it must not.
        }
    }
}
