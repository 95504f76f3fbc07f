package giga.diffusion.weights;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** One tensor of a checkpoint as it lies in the mapped file: little-endian, C order, possibly at an odd address. */
public record TensorEntry(String name, DType dtype, List<Long> shape, MemorySegment data) {
    public TensorEntry {
        shape = List.copyOf(shape);
    }

    public long elements() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
}
