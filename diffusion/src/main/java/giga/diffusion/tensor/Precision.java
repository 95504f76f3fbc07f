package giga.diffusion.tensor;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Number format of weights and activations. */
public enum Precision {
    F32(4),
    BF16(2);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** By name; "auto" is bf16 where the processor calculates with it, else f32. */
    public static Precision of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "auto" -> processorHasBf16() ? BF16 : F32;
            case "f32" -> F32;
            case "bf16" -> BF16;
            default -> throw new ModelException("unknown precision '" + name + "'; give auto, f32 or bf16");
        };
    }

    /** Bytes of one weight. */
    public int bytes() {
        return bytes;
    }

    ScalarType type() {
        return this == F32 ? ScalarType.Float : ScalarType.BFloat16;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Without these instructions bf16 is emulated, several times slower than f32. */
    private static boolean processorHasBf16() {
        try {
            String flags = Files.readString(Path.of("/proc/cpuinfo"));
            return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
        } catch (IOException e) {
            return false;
        }
    }
}
