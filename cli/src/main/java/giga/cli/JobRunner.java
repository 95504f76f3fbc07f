package giga.cli;

import giga.redraw.job.Job;
import giga.redraw.run.DiffusionRedrawer;
import giga.redraw.run.ProgressEvent;
import giga.redraw.run.RedrawRun;
import giga.redraw.run.RunOptions;
import giga.redraw.run.RunStats;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Brings a job to its end and reports; Ctrl-C stops it after the tile at hand. */
final class JobRunner {
    private final Job job;
    private final Terminal terminal;
    private final CountDownLatch reported;

    /** @param reported open once the command has told how it ended, up to which Ctrl-C leaves the process alive */
    JobRunner(Job job, Terminal terminal, CountDownLatch reported) {
        this.job = job;
        this.terminal = terminal;
        this.reported = reported;
    }

    int run() {
        terminal.say("loading the model");
        try (terminal;
                GentleStop stop = new GentleStop(terminal, "Stopping after the tile at hand ...", reported);
                DiffusionRedrawer redrawer = DiffusionRedrawer.open(job.request())) {
            for (String notice : redrawer.notices()) terminal.on(new ProgressEvent.Noticed(notice));
            RunStats stats = new RedrawRun(job, redrawer, RunOptions.DEFAULT, terminal, stop.stop()).run();
            terminal.close();
            terminal.figures(line(stats, redrawer.networkSeconds()), figures(stats, redrawer.networkSeconds()));
            return 0;
        }
    }

    private String line(RunStats stats, double networks) {
        double megapixels = job.plan().canvas().area() / 1e6;
        return String.format(
                Locale.ROOT,
                "%s %dx%d: %s in %.1f s (%.3f Mpx/s), networks %.1f s, other %.1f %%, peak memory %d MiB, seed %d",
                Path.of(job.request().output()).getFileName(),
                job.plan().canvas().width(),
                job.plan().canvas().height(),
                Describe.count(stats.tilesDrawn(), "tile"),
                stats.total(),
                megapixels / stats.total(),
                networks,
                otherPercent(stats, networks),
                Memory.peakMebibytes(),
                job.request().diffusion().noise().seed());
    }

    private Map<String, Object> figures(RunStats stats, double networks) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("output", job.request().output());
        figures.put("width", job.plan().canvas().width());
        figures.put("height", job.plan().canvas().height());
        figures.put("seed", job.request().diffusion().noise().seed());
        figures.put("network_seconds", networks);
        figures.put("other_percent", otherPercent(stats, networks));
        figures.put("peak_mebibytes", Memory.peakMebibytes());
        figures.put("stats", stats);
        return figures;
    }

    private static double otherPercent(RunStats stats, double networks) {
        return 100 * (stats.total() - networks) / stats.total();
    }
}
