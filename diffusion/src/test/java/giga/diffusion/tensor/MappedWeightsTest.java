package giga.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.SmallCheckpoint;
import giga.diffusion.weights.SmallCheckpoint.Content;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappedWeightsTest {
    private static final float[] VALUES = {1, -1.5f, 0.25f, 0};

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"F32, false", "F32, true", "BF16, false", "BF16, true"})
    void everyFormatHoldsTheSameNumbersAtAnyAddress(Precision precision, boolean odd) {
        Map<String, Content> tensors = new LinkedHashMap<>();
        inEveryFormat()
                .forEach((dtype, bytes) -> tensors.put(dtype.name(), new Content(dtype, List.of(2L, 2L), bytes)));
        try (Checkpoint checkpoint = SmallCheckpoint.of(folder.resolve("formats.safetensors"), odd, tensors)) {
            MappedWeights weights = new MappedWeights(checkpoint, Placement.onProcessor(precision));
            for (String name : tensors.keySet())
                assertThat(Scope.read(() -> weights.get(name).toFloats()))
                        .as(name)
                        .isEqualTo(VALUES);
        }
    }

    /** A model of several gigabytes is in memory once. */
    @ParameterizedTest
    @EnumSource
    void aWeightOfTheWantedFormatStaysInTheFile(Precision precision) {
        DType same = switch (precision) {
            case F32 -> DType.F32;
            case BF16 -> DType.BF16;
            case FP16 -> DType.F16;
        };
        Content content = new Content(same, List.of(4L), inEveryFormat().get(same));
        for (boolean odd : new boolean[] {false, true}) {
            Path file = folder.resolve(odd + ".safetensors");
            try (Checkpoint checkpoint = SmallCheckpoint.of(file, odd, Map.of("w", content))) {
                long address = checkpoint.get("w").data().address();
                MappedWeights weights = new MappedWeights(checkpoint, Placement.onProcessor(precision));
                assertThat(Scope.read(() -> weights.get("w").isAt(address))).isEqualTo(!odd);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aWeightThatIsNoNumberIsRefusedByName(float damaged) {
        byte[] bytes = floats(1, damaged, 2);
        assertRefused(
                new Content(DType.F32, List.of(3L), bytes), "tensor w has values that are not finite", "get it anew");
    }

    @Test
    void bothInfinitiesDoNotMakeUpForEachOther() {
        byte[] bytes = floats(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
        assertRefused(new Content(DType.F32, List.of(2L), bytes), "tensor w has values that are not finite");
    }

    @Test
    void integersAreNoWeights() {
        assertRefused(new Content(DType.I64, List.of(1L), new byte[8]), "tensor w holds I64 where weights belong");
    }

    private void assertRefused(Content content, String... parts) {
        Path file = folder.resolve("refused.safetensors");
        try (Checkpoint checkpoint = SmallCheckpoint.of(file, false, Map.of("w", content))) {
            for (Precision precision : Precision.values()) {
                MappedWeights weights = new MappedWeights(checkpoint, Placement.onProcessor(precision));
                assertThatThrownBy(() -> Scope.read(() -> weights.get("w")))
                        .isExactlyInstanceOf(ModelException.class)
                        .hasMessageContainingAll(parts);
            }
        }
    }

    /** {@link #VALUES}; the eight-bit codes are by hand from the formats' tables. */
    private static Map<DType, byte[]> inEveryFormat() {
        Map<DType, byte[]> formats = new EnumMap<>(DType.class);
        ByteBuffer half = little(8);
        ByteBuffer brain = little(8);
        ByteBuffer twice = little(32);
        for (float value : VALUES) {
            half.putShort(Float.floatToFloat16(value));
            brain.putShort((short) (Float.floatToIntBits(value) >>> 16));
            twice.putDouble(value);
        }
        formats.put(DType.F32, floats(VALUES));
        formats.put(DType.F16, half.array());
        formats.put(DType.BF16, brain.array());
        formats.put(DType.F64, twice.array());
        formats.put(DType.F8_E4M3, new byte[] {0x38, (byte) 0xBC, 0x28, 0});
        formats.put(DType.F8_E5M2, new byte[] {0x3C, (byte) 0xBE, 0x34, 0});
        return formats;
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = little(4 * values.length);
        for (float value : values) bytes.putFloat(value);
        return bytes.array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
