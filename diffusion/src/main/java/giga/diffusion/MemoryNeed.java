package giga.diffusion;

import giga.diffusion.tensor.Precision;
import giga.diffusion.weights.Checkpoint;
import java.util.Locale;
import java.util.OptionalLong;

/** Says before a model is loaded that it will not fit. */
final class MemoryNeed {
    private MemoryNeed() {}

    /**
     * @param precision in which the weights will be held
     * @throws ModelException where they are more than the memory that is free
     */
    static void check(Checkpoint model, Precision precision, FreeMemory memory) {
        long needed = model.names().stream()
                .mapToLong(name -> model.get(name).elements() * precision.bytes())
                .sum();
        OptionalLong free = memory.bytes();
        if (free.isEmpty() || needed <= free.getAsLong()) return;
        throw new ModelException("%s: its weights need %s of memory in %s and %s are free; %s"
                .formatted(
                        model.path(),
                        gigabytes(needed),
                        precision.toString().toLowerCase(Locale.ROOT),
                        gigabytes(free.getAsLong()),
                        precision == Precision.F32
                                ? "--precision bf16 needs half of it, or close other programs"
                                : "close other programs or use a smaller model"));
    }

    private static String gigabytes(long bytes) {
        return "%.1f GB".formatted(bytes / 1e9);
    }
}
