package giga.diffusion.tensor;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Number format of weights and activations. */
public enum Precision {
    F32(4),
    BF16(2),
    /** On graphics cards only. */
    FP16(2);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /**
     * By name; "auto" is fp16 on a card, bf16 on a processor that calculates with it, else f32.
     *
     * @throws ModelException when it is unknown, or not for this device
     */
    public static Precision of(String name, Device device) {
        boolean card = device instanceof Device.Cuda;
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "auto" -> card ? FP16 : processorHasBf16() ? BF16 : F32;
            case "f32" -> F32;
            case "bf16" -> BF16;
            case "fp16" -> {
                if (!card)
                    throw new ModelException(
                            "precision fp16: processors do not calculate with it; give auto, bf16 or f32, or a card (--device cuda)");
                yield FP16;
            }
            default -> throw new ModelException("unknown precision '" + name + "'; give auto, f32, bf16 or fp16");
        };
    }

    /** Bytes of one weight. */
    public int bytes() {
        return bytes;
    }

    ScalarType type() {
        return switch (this) {
            case F32 -> ScalarType.Float;
            case BF16 -> ScalarType.BFloat16;
            case FP16 -> ScalarType.Half;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Without these instructions bf16 is emulated, several times slower than f32. */
    private static boolean processorHasBf16() {
        return Processor.FLAGS.contains("avx512_bf16") || processorHasBf16Tiles();
    }

    /**
     * Whether there are tiles of bf16 (AMX). Without them libtorch's attention in bf16 has no fast kernel: 4096 tokens took
     * 23 times as long as in f32. With them it takes 0.4 times as long.
     */
    static boolean processorHasBf16Tiles() {
        return Processor.FLAGS.contains("amx_bf16");
    }

    private static final class Processor {
        static final Set<String> FLAGS = flags();

        private static Set<String> flags() {
            try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
                return lines.filter(line -> line.startsWith("flags"))
                        .findFirst()
                        .map(line -> Set.copyOf(List.of(line.split("\\s+"))))
                        .orElse(Set.of());
            } catch (IOException | UncheckedIOException e) {
                return Set.of();
            }
        }
    }
}
