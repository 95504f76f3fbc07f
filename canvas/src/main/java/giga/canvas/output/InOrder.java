package giga.canvas.output;

import giga.canvas.PictureException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Work done on several threads whose results are taken on one, in the order the work was given: so a file has the same
 * bytes whatever the number of threads. Only a few results are ahead of the taker, which bounds the memory.
 */
final class InOrder<T> implements AutoCloseable {
    /** More would not write faster: a few cores fill a disk. */
    private static final int MAX_THREADS = 4;

    interface Taker<T> {
        void take(T result) throws IOException;
    }

    private final int threads;
    private final ExecutorService workers;
    private final Deque<Future<T>> ahead = new ArrayDeque<>();
    private final Taker<T> taker;

    /** For work that keeps processors busy. */
    InOrder(Taker<T> taker) {
        this(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_THREADS), taker);
    }

    InOrder(int threads, Taker<T> taker) {
        this.threads = threads;
        this.workers = Executors.newFixedThreadPool(threads);
        this.taker = taker;
    }

    /** Hands out a piece of work, after taking the oldest result where enough are ahead. */
    void submit(Callable<T> work) throws IOException {
        if (ahead.size() >= 2 * threads) takeOldest();
        ahead.add(workers.submit(work));
    }

    /** Takes all results that are still to come. */
    void finish() throws IOException {
        while (!ahead.isEmpty()) takeOldest();
    }

    private void takeOldest() throws IOException {
        try {
            taker.take(ahead.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PictureException("Writing was interrupted; run it again.", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException failure -> throw failure;
                default -> throw new IOException(e.getCause().getMessage(), e.getCause());
            }
        }
    }

    /** Ends work that nobody will take. */
    @Override
    public void close() {
        workers.shutdownNow();
        workers.close();
    }
}
