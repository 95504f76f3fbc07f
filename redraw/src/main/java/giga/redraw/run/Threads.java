package giga.redraw.run;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Helpers of the run's own thread. */
final class Threads {
    private Threads() {}

    /** Closing it waits for what was submitted. */
    static ExecutorService named(String name, int count) {
        return Executors.newFixedThreadPool(
                count,
                Thread.ofPlatform().daemon().name("giga-" + name + "-", 1).factory());
    }

    /** The future's result; what its work threw is thrown here. */
    static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) throw error;
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw new CancellationException(e.getMessage());
        }
    }
}
