package giga.cli;

import giga.canvas.Region;
import giga.redraw.JobException;
import giga.redraw.forecast.DiskWatch;
import giga.redraw.forecast.Estimate;
import giga.redraw.forecast.Forecast;
import giga.redraw.forecast.Memory;
import giga.redraw.forecast.Trial;
import giga.redraw.job.Job;
import giga.redraw.run.DiffusionRedrawer;
import giga.redraw.run.Ending;
import giga.redraw.run.ProgressEvent;
import giga.redraw.run.RedrawRun;
import giga.redraw.run.RunOptions;
import giga.redraw.run.RunStats;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Brings a job to its end and reports; Ctrl-C stops it after the tile at hand. */
final class JobRunner {
    private final Job job;
    private final Terminal terminal;
    private final RunOptions options;
    private final CountDownLatch reported;

    /**
     * @param keep whether what is no longer needed stays in the job's folder
     * @param reported open once the command has told how it ended, up to which Ctrl-C leaves the process alive
     */
    JobRunner(Job job, Terminal terminal, boolean keep, CountDownLatch reported) {
        this.job = job;
        this.terminal = terminal;
        this.options = keep ? RunOptions.DEFAULT.keeping() : RunOptions.DEFAULT;
        this.reported = reported;
    }

    int run() {
        terminal.say("loading the model");
        try (terminal;
                GentleStop stop = new GentleStop(terminal, "Stopping after the tile at hand ...", reported);
                DiffusionRedrawer redrawer = DiffusionRedrawer.open(
                        job.request(), notice -> terminal.on(new ProgressEvent.Noticed(notice)))) {
            Forecast forecast = forecast(redrawer);
            double before = redrawer.networkSeconds();
            RunStats stats = run(redrawer, stop, forecast);
            terminal.close();
            words().forEach(terminal::say);
            double networks = redrawer.networkSeconds() - before;
            terminal.figures(line(stats, networks), figures(stats, networks));
            return 0;
        }
    }

    /** Large jobs are tried before they begin: what they will take can then be compared with what they took. */
    private Forecast forecast(DiffusionRedrawer redrawer) {
        Forecast known = Forecast.of(job);
        if (job.hasBegun() || !Forecast.isWorthATrial(job)) return known;
        terminal.say("trying what it will take");
        Trial trial = Trial.of(redrawer.model(), job.request(), job.plan());
        Estimate estimate = Estimate.of(job.plan(), job.request(), Optional.of(trial));
        Forecast forecast = known.predicting(estimate);
        forecast.write(job);
        terminal.say(estimate.text(job.plan()));
        return forecast;
    }

    private RunStats run(DiffusionRedrawer redrawer, GentleStop stop, Forecast forecast) {
        long start = System.nanoTime();
        try (DiskWatch disk = DiskWatch.over(job.directory())) {
            try {
                return new RedrawRun(job, redrawer, options, terminal, stop.stop()).run();
            } finally {
                note(forecast.after(new Forecast.Figures(
                        redrawer.unetCalls(),
                        (System.nanoTime() - start) / 1e9,
                        Memory.peakMebibytes(),
                        disk.peakBytes())));
            }
        }
    }

    private void note(Forecast forecast) {
        try {
            forecast.write(job);
        } catch (JobException e) {
            // Nothing hangs on it, and what ended the run is the better message.
        }
    }

    private String line(RunStats stats, double networks) {
        Region size = size();
        double megapixels = size.area() / 1e6;
        return String.format(
                        Locale.ROOT,
                        "%s %dx%d: %s in %.1f s (%.3f Mpx/s), networks %.1f s, other %.1f %%, peak memory %d MiB, seed %d",
                        Path.of(job.request().output()).getFileName(),
                        size.width(),
                        size.height(),
                        Describe.count(stats.tilesDrawn(), "tile"),
                        stats.total(),
                        megapixels / stats.total(),
                        networks,
                        otherPercent(stats, networks),
                        Memory.peakMebibytes(),
                        job.request().noise().seed())
                + Forecast.of(job).text().map(text -> "; " + text).orElse("");
    }

    private Map<String, Object> figures(RunStats stats, double networks) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("output", job.request().output());
        figures.put("width", size().width());
        figures.put("height", size().height());
        figures.put("seed", job.request().noise().seed());
        figures.put("network_seconds", networks);
        figures.put("other_percent", otherPercent(stats, networks));
        figures.put("peak_mebibytes", Memory.peakMebibytes());
        figures.put("stats", stats);
        return figures;
    }

    private List<String> words() {
        return new Ending(job.request().result(), Path.of(job.request().output()), job.metadata())
                .words(job.plan().canvas());
    }

    private Region size() {
        return job.request().result().size(job.plan().canvas());
    }

    private static double otherPercent(RunStats stats, double networks) {
        return 100 * (stats.total() - networks) / stats.total();
    }
}
