package giga.diffusion.tensor;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;

/**
 * Lifetimes of native memory: what is made inside {@link #run} is freed at its end, but the result, which then belongs
 * to the scope around it. Scopes nest.
 */
public final class Scope {
    private Scope() {}

    /** Calculates a tensor inside another scope's work; all intermediate ones are freed. */
    public static Tensor run(Supplier<Tensor> work) {
        return runAll(() -> List.of(work.get())).getFirst();
    }

    /**
     * One layer after the other inside another scope's work; what goes from one to the next is freed as soon as it is
     * used. A whole autoencoder would else hold the pictures of all its layers.
     */
    public static Tensor through(List<UnaryOperator<Tensor>> layers, Tensor x) {
        Tensor h = x;
        for (UnaryOperator<Tensor> layer : layers) {
            Tensor input = h;
            h = run(() -> layer.apply(input));
            if (input != x) input.free();
        }
        return h;
    }

    /** Calculates several tensors inside another scope's work. */
    public static List<Tensor> runAll(Supplier<List<Tensor>> work) {
        PointerScope outer = PointerScope.getInnerScope();
        if (outer == null) throw new IllegalStateException("a tensor that nobody would free");
        try (PointerScope _ = new PointerScope()) {
            List<Tensor> results = work.get();
            results.forEach(result -> outer.attach(result.raw()));
            return results;
        }
    }

    /** Calculates something that is no tensor; all tensors are freed. */
    public static <T> T read(Supplier<T> work) {
        Engine.start();
        try (PointerScope _ = new PointerScope()) {
            return work.get();
        }
    }
}
