package giga.cli;

import java.util.Optional;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How much of a model is written, while somebody watches. */
final class ConversionBar implements LongConsumer, AutoCloseable {
    private static final int UPDATE_MILLIS = 250;
    private static final int COLUMNS = 79;
    private static final long MEGABYTE = 1_000_000;

    private final Optional<ProgressBar> bar;

    ConversionBar(long bytes) {
        bar = Optional.ofNullable(Integer.getInteger("giga.terminal"))
                .map(columns -> new ProgressBarBuilder()
                        .setTaskName("converting")
                        .setInitialMax(bytes)
                        .setUnit(" MB", MEGABYTE)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(UPDATE_MILLIS)
                        .setMaxRenderedLength(columns > 0 ? Math.min(COLUMNS, columns - 1) : COLUMNS)
                        .build());
    }

    @Override
    public void accept(long bytes) {
        bar.ifPresent(shown -> shown.stepBy(bytes));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
