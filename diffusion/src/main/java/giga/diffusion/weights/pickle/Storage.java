package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.pickle.Values.Global;
import giga.diffusion.weights.pickle.Values.Tuple;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers in a row, which tensors are views of; the pickle names it, the file around the pickle holds it.
 *
 * @param dtype of its elements; empty where it is bytes whose tensors say what they are
 * @param first element of it that the pickle means, for views of storages in old files
 * @param elements from there on; bytes where there is no dtype
 */
record Storage(String key, Optional<DType> dtype, long first, long elements) {
    private static final Map<String, DType> TYPES = Map.ofEntries(
            Map.entry("FloatStorage", DType.F32),
            Map.entry("HalfStorage", DType.F16),
            Map.entry("BFloat16Storage", DType.BF16),
            Map.entry("DoubleStorage", DType.F64),
            Map.entry("LongStorage", DType.I64),
            Map.entry("IntStorage", DType.I32),
            Map.entry("ShortStorage", DType.I16),
            Map.entry("CharStorage", DType.I8),
            Map.entry("ByteStorage", DType.U8),
            Map.entry("BoolStorage", DType.BOOL),
            Map.entry("Float8_e4m3fnStorage", DType.F8_E4M3),
            Map.entry("Float8_e5m2Storage", DType.F8_E5M2));

    /** @param id as torch writes it: "storage", its class, key, device, element count, in old files a view */
    static Storage of(Tuple id) {
        if (!"storage".equals(id.get(0)) || !(id.get(1) instanceof Global type) || !(id.get(2) instanceof String key))
            throw new ModelException("its pickle refers to something that is no storage of tensors");
        long elements = Numbers.count(id.get(4));
        Optional<DType> dtype = Optional.ofNullable(TYPES.get(type.name()));
        boolean bytes = type.name().equals("UntypedStorage");
        if (dtype.isEmpty() && !bytes)
            throw new ModelException(
                    "its tensors are stored as %s, which is not supported".formatted(Names.show(type.toString())));
        if (id.get(5) instanceof Tuple view)
            return new Storage(key, dtype, Numbers.count(view.get(1)), Numbers.count(view.get(2)));
        return new Storage(key, dtype, 0, elements);
    }

    /** Of all its elements. */
    long bytes() {
        try {
            return Math.multiplyExact(Math.addExact(first, elements), unit());
        } catch (ArithmeticException e) {
            throw new ModelException("it has a storage of impossible size");
        }
    }

    /** Bytes of one of the elements that it counts. */
    int unit() {
        return dtype.map(DType::bytes).orElse(1);
    }
}
