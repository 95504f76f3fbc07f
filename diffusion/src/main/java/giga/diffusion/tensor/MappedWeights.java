package giga.diffusion.tensor;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.TensorEntry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The weights of a memory-mapped checkpoint in one precision. A weight whose format is already the wanted one stays in
 * the mapped file; any other is converted, once, when a network asks for it.
 */
public final class MappedWeights implements Weights {
    private final Checkpoint checkpoint;
    private final Precision precision;

    /** @param checkpoint stays open for as long as the weights are used */
    public MappedWeights(Checkpoint checkpoint, Precision precision) {
        this.checkpoint = checkpoint;
        this.precision = precision;
    }

    @Override
    public boolean has(String name) {
        return checkpoint.has(name);
    }

    @Override
    public Tensor get(String name) {
        TensorEntry entry = checkpoint.get(name);
        Tensor weight = Scope.run(() -> mapped(entry).toLayer(precision));
        if (!Scope.read(weight::isFinite)) throw notFinite(entry);
        // A converted weight is not read from the file again: its pages need not stay in memory.
        if (!weight.isAt(entry.data().address())) entry.data().unload();
        return weight;
    }

    private static Tensor mapped(TensorEntry entry) {
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

    private ModelException notFinite(TensorEntry entry) {
        return new ModelException(
                checkpoint.name() + ": tensor " + entry.name()
                        + " has values that are not finite (NaN or infinite); the file is damaged or a failed merge, get it anew");
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
