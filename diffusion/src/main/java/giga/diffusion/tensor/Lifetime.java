package giga.diffusion.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/** What was built with tensors that must last, such as a model with its weights; closing it frees them. */
public final class Lifetime<T> implements AutoCloseable {
    private final T value;
    private final PointerScope tensors;

    private Lifetime(T value, PointerScope tensors) {
        this.value = value;
        this.tensors = tensors;
    }

    /** Every tensor made by {@code work} outside of an inner {@link Scope} lasts. */
    public static <T> Lifetime<T> of(Supplier<T> work) {
        Engine.start();
        try (PointerScope scope = new PointerScope()) {
            T value = work.get();
            return new Lifetime<>(value, scope.extend());
        }
    }

    public T value() {
        return value;
    }

    @Override
    public void close() {
        tensors.close();
    }
}
