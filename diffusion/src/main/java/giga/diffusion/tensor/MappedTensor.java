package giga.diffusion.tensor;

import giga.diffusion.ModelException;
import giga.diffusion.weights.TensorEntry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors of memory-mapped files. */
public final class MappedTensor {
    private MappedTensor() {}

    /**
     * A tensor as it lies in the file: for reading only, and only while the file is open.
     *
     * @throws ModelException when its elements are no numbers of a network
     */
    static Tensor of(TensorEntry entry) {
        long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
        MemorySegment data = entry.data();
        TensorOptions options = new TensorOptions(type(entry));
        if (data.address() % entry.dtype().bytes() == 0) {
            return new Tensor(torch.from_blob(new At(data.address(), data.byteSize()), shape, options));
        }
        try (BytePointer copy = new BytePointer(data.toArray(ValueLayout.JAVA_BYTE))) {
            return new Tensor(torch.from_blob(copy, shape, options).clone());
        }
    }

    /**
     * The same numbers in f32, in memory of their own.
     *
     * @throws ModelException when its elements are no numbers of a network
     */
    public static Tensor inF32(TensorEntry entry) {
        return Scope.run(() -> {
            Tensor mapped = of(entry);
            Tensor wide = mapped.to(Precision.F32);
            return wide == mapped ? mapped.copy() : wide;
        });
    }

    private static ScalarType type(TensorEntry entry) {
        return switch (entry.dtype()) {
            case F16 -> ScalarType.Half;
            case BF16 -> ScalarType.BFloat16;
            case F32 -> ScalarType.Float;
            case F64 -> ScalarType.Double;
            case F8_E4M3 -> ScalarType.Float8_e4m3fn;
            case F8_E5M2 -> ScalarType.Float8_e5m2;
            default ->
                throw new ModelException("tensor " + entry.name() + " holds " + entry.dtype()
                        + " where weights belong (F32, F16, BF16, F64 or F8)");
        };
    }

    /** Foreign memory as libtorch's binding sees it; it is never freed through this. */
    private static final class At extends Pointer {
        At(long address, long bytes) {
            this.address = address;
            this.limit = bytes;
            this.capacity = bytes;
        }
    }
}
