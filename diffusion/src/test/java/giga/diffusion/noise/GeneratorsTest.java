package giga.diffusion.noise;

import static giga.diffusion.GoldenFiles.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.GoldenFiles;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GeneratorsTest {
    private static final GoldenFiles GOLDENS = new GoldenFiles("noise");

    @Test
    void philoxGivesTheKnownAnswers() {
        for (JsonNode row : GOLDENS.cases("philox4x32_10.json")) {
            int[] counter = words(row.get("counter"));
            int[] key = words(row.get("key"));
            int[] result = new int[4];
            Philox4x32.block(
                    counter[0],
                    counter[1],
                    counter[2],
                    counter[3],
                    (long) key[1] << 32 | Integer.toUnsignedLong(key[0]),
                    result);
            assertThat(result).as(row.toString()).isEqualTo(words(row.get("result")));
        }
    }

    @Test
    void seedSequenceIsNumpys() {
        for (JsonNode row : GOLDENS.cases("seed_sequence.json")) {
            long[] key = row.get("spawn_key")
                    .valueStream()
                    .mapToLong(JsonNode::longValue)
                    .toArray();
            int[] state = new SeedSequence(row.get("entropy").longValue(), key).generate(4);
            assertThat(Arrays.stream(state).mapToLong(Integer::toUnsignedLong).toArray())
                    .as(row.toString())
                    .isEqualTo(row.get("state")
                            .valueStream()
                            .mapToLong(JsonNode::longValue)
                            .toArray());
        }
    }

    @Test
    void mersenneTwisterGivesTorchsWords() {
        for (JsonNode row : GOLDENS.json("torch_cpu.json").get("mt19937")) {
            Mt19937 words = new Mt19937(row.get("seed").longValue());
            for (JsonNode word : row.get("uint32"))
                assertThat(Integer.toUnsignedLong(words.next32()))
                        .as(row.toString())
                        .isEqualTo(word.longValue());
        }
    }

    @Test
    void normalsAreTorchs() {
        for (JsonNode row : GOLDENS.cases("torch_cpu.json")) {
            if (row.has("sequence")) {
                NormalGenerator generator = new TorchNormal(row.get("seed").longValue());
                for (int i = 0; i < row.get("sequence").size(); i++)
                    assertThat(generator.next(row.get("sequence").get(i).intValue()))
                            .as(row.toString())
                            .containsExactly(floats(row.get("values").get(i)), within(5e-7f));
            } else {
                assertCalls(row, TorchNormal::new, within(5e-7f));
            }
        }
        assertThat(new TorchNormal(42).next(4 * 64 * 64))
                .containsExactly(GOLDENS.tensor("tensors.safetensors", "torch_cpu/42/4x64x64"), within(5e-7f));
    }

    @Test
    void normalsAreThoseOfTheNvSource() {
        for (JsonNode row : GOLDENS.cases("nv_philox.json")) assertCalls(row, NvPhilox::new, within(2.4e-7f));
        assertThat(new NvPhilox(42).next(4 * 64 * 64))
                .containsExactly(GOLDENS.tensor("tensors.safetensors", "nv/42/4x64x64"), within(2.4e-7f));
    }

    private static void assertCalls(JsonNode row, LongFunction<NormalGenerator> generators, Offset<Float> offset) {
        NormalGenerator generator = generators.apply(row.get("seed").longValue());
        int count = row.get("shape").valueStream().mapToInt(JsonNode::intValue).reduce(1, (a, b) -> a * b);
        assertCall(row, generator.next(count), offset);
        for (String call : new String[] {"second_call", "third_call"})
            if (row.has(call)) assertCall(row.get(call), generator.next(count), offset);
    }

    private static void assertCall(JsonNode row, float[] values, Offset<Float> offset) {
        if (row.has("values")) {
            assertThat(values).as(row.toString()).containsExactly(floats(row.get("values")), offset);
            return;
        }
        float[] first = floats(row.get("first"));
        float[] last = floats(row.get("last"));
        assertThat(Arrays.copyOf(values, first.length)).as(row.toString()).containsExactly(first, offset);
        assertThat(Arrays.copyOfRange(values, values.length - last.length, values.length))
                .as(row.toString())
                .containsExactly(last, offset);
        double weighted = 0;
        for (int i = 0; i < values.length; i++) weighted += values[i] * Math.sin(i);
        assertThat(weighted).isCloseTo(row.get("weighted").doubleValue(), within(1e-4));
    }

    private static int[] words(JsonNode array) {
        return array.valueStream()
                .mapToInt(word -> Integer.parseUnsignedInt(word.stringValue(), 16))
                .toArray();
    }
}
