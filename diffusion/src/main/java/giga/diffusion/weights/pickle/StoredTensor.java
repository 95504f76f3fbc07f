package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.pickle.Values.Global;
import giga.diffusion.weights.pickle.Values.None;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;

/**
 * A view of a storage, as torch pickles a tensor.
 *
 * @param offset of its first element, in elements
 * @param stride in elements, one for each side
 */
record StoredTensor(Storage storage, DType dtype, long offset, List<Long> shape, List<Long> stride) {
    StoredTensor {
        if (shape.size() != stride.size())
            throw new ModelException(
                    "it has a tensor of %d sides and %d strides".formatted(shape.size(), stride.size()));
    }

    static StoredTensor of(Object storage, Object offset, Object shape, Object stride, Object dtype) {
        if (!(storage instanceof Storage row)) throw new ModelException("it has a tensor without a storage");
        return new StoredTensor(
                row, dtype(row, dtype), Numbers.count(offset), Numbers.counts(shape), Numbers.counts(stride));
    }

    private static DType dtype(Storage storage, Object dtype) {
        if (dtype == None.NONE)
            return storage.dtype().orElseThrow(() -> new ModelException("it has a tensor without a number format"));
        if (!(dtype instanceof Global global)) throw new ModelException("it has a tensor without a number format");
        return switch (global.name()) {
            case "float8_e4m3fn" -> DType.F8_E4M3;
            case "float8_e5m2" -> DType.F8_E5M2;
            case "float16", "half" -> DType.F16;
            case "bfloat16" -> DType.BF16;
            case "float32", "float" -> DType.F32;
            case "float64", "double" -> DType.F64;
            case "uint16" -> DType.U16;
            case "uint32" -> DType.U32;
            case "uint64" -> DType.U64;
            default -> throw new ModelException("it has tensors of %s, which is not supported".formatted(global));
        };
    }

    long elements() {
        try {
            return shape.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw new ModelException("it has a tensor of the shape %s".formatted(shape));
        }
    }

    /** Whether its elements lie one behind the other in C order; then it is a piece of its storage. */
    boolean isContiguous() {
        long expected = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) != 1 && stride.get(i) != expected) return elements() == 0;
            expected *= Math.max(1, shape.get(i));
        }
        return true;
    }

    /**
     * The elements in C order.
     *
     * @param bytes of the storage
     * @param memory for what is not one piece
     */
    MemorySegment data(MemorySegment bytes, SegmentAllocator memory) {
        checkWithin(bytes);
        int unit = dtype.bytes();
        long first = (storage.first() * storage.unit()) + offset * unit;
        if (elements() == 0) return bytes.asSlice(0, 0);
        if (isContiguous()) return bytes.asSlice(first, elements() * unit);
        MemorySegment copy = memory.allocate(elements() * unit, unit);
        long[] index = new long[shape.size()];
        for (long at = 0; at < elements(); at++) {
            long from = first;
            for (int side = 0; side < index.length; side++) from += index[side] * stride.get(side) * unit;
            MemorySegment.copy(bytes, from, copy, at * unit, unit);
            for (int side = index.length - 1; side >= 0 && ++index[side] == shape.get(side); side--) index[side] = 0;
        }
        return copy;
    }

    private void checkWithin(MemorySegment bytes) {
        try {
            long last = offset;
            for (int i = 0; i < shape.size() && elements() > 0; i++)
                last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, stride.get(i)));
            long end = elements() == 0 ? 0 : Math.multiplyExact(Math.addExact(last, 1), dtype.bytes());
            long begin = Math.multiplyExact(storage.first(), storage.unit());
            long room = Math.multiplyExact(storage.elements(), storage.unit());
            if (end > room || Math.addExact(begin, room) > bytes.byteSize())
                throw new ModelException("it has a tensor that reaches beyond its %,d bytes; download or copy it again"
                        .formatted(Math.min(room, bytes.byteSize())));
        } catch (ArithmeticException e) {
            throw new ModelException(
                    "it has a tensor of impossible size (shape %s, strides %s)".formatted(shape, stride));
        }
    }
}
