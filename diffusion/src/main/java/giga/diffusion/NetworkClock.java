package giga.diffusion;

import giga.diffusion.tensor.Scope;
import java.util.function.Supplier;

/** Adds up the time that a model spends inside its networks. */
final class NetworkClock {
    private long nanos;

    /** Calculates something that is no tensor; all tensors are freed. */
    <T> T time(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return Scope.read(work);
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    double seconds() {
        return nanos / 1e9;
    }
}
