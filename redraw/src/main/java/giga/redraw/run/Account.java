package giga.redraw.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Adds up what {@link RunStats} reports. Times are taken by the run's own thread only. */
final class Account {
    enum Kind {
        REDRAW,
        READ_WAIT,
        WRITE_WAIT,
        DECODE,
        ENLARGE,
        SETTLE,
        EXPORT,
        TIDY
    }

    private final long began = System.nanoTime();
    private final Map<Kind, Long> nanos = new EnumMap<>(Kind.class);
    private final AtomicInteger drawn = new AtomicInteger();
    private final AtomicInteger mended = new AtomicInteger();
    private int found;

    <T> T time(Kind kind, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos.merge(kind, System.nanoTime() - start, Long::sum);
        }
    }

    void time(Kind kind, Runnable work) {
        time(kind, () -> {
            work.run();
            return true;
        });
    }

    void drew() {
        drawn.incrementAndGet();
    }

    void found(int tiles) {
        found += tiles;
    }

    void mended() {
        mended.incrementAndGet();
    }

    RunStats stats() {
        return new RunStats(
                drawn.get(),
                found,
                mended.get(),
                seconds(Kind.REDRAW),
                seconds(Kind.READ_WAIT),
                seconds(Kind.WRITE_WAIT),
                seconds(Kind.DECODE),
                seconds(Kind.ENLARGE),
                seconds(Kind.SETTLE),
                seconds(Kind.EXPORT),
                seconds(Kind.TIDY),
                (System.nanoTime() - began) / 1e9);
    }

    private double seconds(Kind kind) {
        return nanos.getOrDefault(kind, 0L) / 1e9;
    }
}
