package giga.canvas.dezoom;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** Lets requests to one host through, so many at a time and so many a second. */
final class HostGate {
    private final Semaphore places;
    private final long nanosBetween;
    private long next = System.nanoTime();

    HostGate(Manners manners) {
        places = new Semaphore(manners.parallel());
        nanosBetween = (long) (1e9 / manners.perSecond());
    }

    <T> T through(Callable<T> request) throws Exception {
        places.acquire();
        try {
            await(turn());
            return request.call();
        } finally {
            places.release();
        }
    }

    /** Keeps all requests back until then: a server that asks for a pause means all of them. */
    synchronized void pause(long nanos) {
        next = Math.max(next, System.nanoTime() + nanos);
    }

    private synchronized long turn() {
        long turn = Math.max(next, System.nanoTime());
        next = turn + nanosBetween;
        return turn;
    }

    private static void await(long turn) throws InterruptedException {
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) throw new InterruptedException();
        }
    }
}
