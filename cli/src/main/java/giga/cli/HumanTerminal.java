package giga.cli;

import giga.redraw.run.ProgressEvent;
import giga.redraw.run.Stage;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and time left for every stage while somebody watches; nothing but the figures when piped. */
final class HumanTerminal implements Terminal {
    private static final int UPDATE_MILLIS = 250;
    private static final int WIDEST = 100;
    private static final int USUAL_COLUMNS = 80;

    private final PrintWriter out;
    private final PrintWriter err;
    // The launcher knows whether standard error is a terminal and how wide; the JVM only knows about the other two
    // streams.
    private final Optional<Integer> columns = Optional.ofNullable(Integer.getInteger("giga.terminal"));
    private Optional<ProgressBar> bar = Optional.empty();

    HumanTerminal(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void say(String remark) {
        if (columns.isEmpty()) return;
        err.println(remark);
        err.flush();
    }

    @Override
    public void on(ProgressEvent event) {
        switch (event) {
            case ProgressEvent.StageStarted started -> start(started.stage(), started.done());
            case ProgressEvent.StageAdvanced advanced -> bar.ifPresent(shown -> shown.stepTo(advanced.done()));
            case ProgressEvent.TileDone tile -> bar.ifPresent(shown -> shown.stepTo(tile.done()));
            case ProgressEvent.StageFinished finished -> {
                if (finished.stage().total() >= 0)
                    bar.ifPresent(shown -> shown.stepTo(finished.stage().total()));
                close();
            }
            case ProgressEvent.PictureDone _ -> {}
            case ProgressEvent.Noticed noticed -> {
                err.println(noticed.text());
                err.flush();
            }
        }
    }

    @Override
    public void figures(String line, Map<String, Object> all) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }

    private void start(Stage stage, long done) {
        close();
        if (columns.isEmpty()) return;
        bar = Optional.of(new ProgressBarBuilder()
                .setTaskName(Describe.stage(stage))
                .setInitialMax(stage.total())
                .startsFrom(done, Duration.ZERO)
                .setUnit(" " + unit(stage), 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setMaxRenderedLength(width())
                .showSpeed(speed(stage))
                .build());
    }

    /** A bar as wide as the terminal would wrap. */
    private int width() {
        int known = columns.filter(count -> count > 0).orElse(USUAL_COLUMNS);
        return Math.min(WIDEST, known - 1);
    }

    private static String unit(Stage stage) {
        return switch (stage.kind()) {
            case DECODE, ENLARGE, EXPORT -> "rows";
            case DRAW -> "UNet calls";
            case ENCODE, REDRAW, FETCH -> "tiles";
            case SAMPLE -> "windows";
            case SETTLE -> "chunks";
            case VERIFY -> "files";
            case MEASURE -> "Mpx";
        };
    }

    private static DecimalFormat speed(Stage stage) {
        boolean slow = switch (stage.kind()) {
            case DRAW, ENCODE, SAMPLE, REDRAW, FETCH -> true;
            case DECODE, ENLARGE, SETTLE, EXPORT, VERIFY, MEASURE -> false;
        };
        String pattern = slow ? "0.00" : "0";
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    }
}
