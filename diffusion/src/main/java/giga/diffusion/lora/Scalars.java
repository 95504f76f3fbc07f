package giga.diffusion.lora;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.TensorEntry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Single numbers among a file's tensors. */
final class Scalars {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Scalars() {}

    /** @throws ModelException when it is not one finite number */
    static double of(TensorEntry entry) {
        if (entry.elements() != 1)
            throw wrong(entry, "holds %,d numbers where one belongs".formatted(entry.elements()));
        MemorySegment data = entry.data();
        double value = switch (entry.dtype()) {
            case F16 -> Float.float16ToFloat(data.get(SHORT, 0));
            case BF16 -> Float.intBitsToFloat(data.get(SHORT, 0) << 16);
            case F32 -> Float.intBitsToFloat(data.get(INT, 0));
            case F64 -> Double.longBitsToDouble(data.get(LONG, 0));
            case BOOL, U8, I8 -> data.get(ValueLayout.JAVA_BYTE, 0);
            case I16, U16 -> data.get(SHORT, 0);
            case I32, U32 -> data.get(INT, 0);
            case I64, U64 -> data.get(LONG, 0);
            case F8_E4M3, F8_E5M2, C64 -> throw wrong(entry, "holds " + entry.dtype());
        };
        if (!Double.isFinite(value)) throw wrong(entry, "is not finite (NaN or infinite)");
        return value;
    }

    private static ModelException wrong(TensorEntry entry, String why) {
        return new ModelException("tensor " + Names.show(entry.name()) + " " + why
                + "; the file is damaged or from a failed training, get it anew.");
    }
}
