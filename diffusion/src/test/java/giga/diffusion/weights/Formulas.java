package giga.diffusion.weights;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** Tensors without a file. */
final class Formulas {
    private Formulas() {}

    /** Zeros in half precision. */
    static TensorEntry entry(String name, long... shape) {
        List<Long> sides = Arrays.stream(shape).boxed().toList();
        long elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return new TensorEntry(name, DType.F16, sides, MemorySegment.ofArray(new byte[Math.toIntExact(2 * elements)]));
    }
}
