package giga.cli;

import giga.redraw.run.Stop;
import java.util.concurrent.CountDownLatch;

/** Turns Ctrl-C into the wish to stop, and leaves the process alive until the command has told how it ended. */
final class GentleStop implements AutoCloseable {
    private final Stop stop = new Stop();
    private final Thread hook;

    /**
     * @param remark what is finished first
     * @param reported open once the command has told how it ended
     */
    GentleStop(Terminal terminal, String remark, CountDownLatch reported) {
        hook = new Thread(
                () -> {
                    stop.request();
                    terminal.say("\n" + remark);
                    try {
                        reported.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Stop stop() {
        return stop;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook is what runs now.
        }
    }
}
