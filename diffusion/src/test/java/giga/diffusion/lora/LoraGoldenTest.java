package giga.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.GoldenFile;
import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.FormulaCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Merged weights against diffusers, PEFT and LyCORIS, on the small family of SD 1. */
class LoraGoldenTest {
    private static final double MULTIPLIER = 0.35;

    @TempDir
    static Path folder;

    private static Checkpoint tiny;

    @BeforeAll
    static void makeCheckpoint() {
        tiny = Checkpoint.open(FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny_sd1.safetensors")));
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "locon", "tucker", "loha", "lokr", "dora", "misc", "peft"})
    void mergedWeights(String kind) {
        GoldenFile golden = GoldenFile.open("/networks/lora/lora_sd1_" + kind + ".golden.safetensors");
        JsonNode tolerances =
                GoldenFile.json("/networks/lora/manifest.json").get("lora_sd1_" + kind + ".golden.safetensors");
        ModuleNames names = new ModuleNames(tiny);
        try (LoraMerge merge = new LoraMerge(tiny, List.of(new LoraUse(lora(kind), MULTIPLIER)))) {
            assertThat(merge.report().complete()).as(merge.report().toString()).isTrue();
            int compared = 0;
            for (String name : tolerances.propertyNames()) {
                if (!name.startsWith("merged/")) continue;
                boolean bias = name.endsWith(".bias");
                String module = name.substring("merged/".length()).replaceFirst("\\.(bias|weight)$", "");
                Target target = names.find(LoraKey.module(module)).orElseThrow();
                float[] found = Scope.read(() -> merged(merge, target, bias).toFloats());
                assertThat(difference(golden, name, found))
                        .as(name)
                        .isLessThanOrEqualTo(tolerances.get(name).get("tol").asDouble());
                compared++;
            }
            assertThat(compared).isGreaterThan(1);
        }
    }

    private static Tensor merged(LoraMerge merge, Target target, boolean bias) {
        String name = bias ? target.bias().orElseThrow() : target.weight();
        Tensor whole = MappedTensor.inF32(tiny.get(name));
        merge.apply(name, whole);
        return whole.narrow(0, target.firstRow(), target.shape().getFirst());
    }

    private static Path lora(String kind) {
        String name = "lora_sd1_" + kind + ".safetensors";
        Path file = folder.resolve(name);
        if (kind.equals("linear"))
            return LoraFormula.ofKeys("/networks/lora/keys/lora_sd1_linear.tsv").write(file);
        try {
            return Files.write(file, GoldenFile.resource("/networks/lora/" + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a large value only both ends and its statistics are stored. */
    private static double difference(GoldenFile golden, String name, float[] found) {
        if (golden.has(name)) return difference(found, golden.floats(name));
        float[] head = golden.floats(name + "#head");
        float[] tail = golden.floats(name + "#tail");
        double ends = Math.max(
                difference(Arrays.copyOf(found, head.length), head),
                difference(Arrays.copyOfRange(found, found.length - tail.length, found.length), tail));
        return Math.max(ends, difference(statistics(found), golden.floats(name + "#stats")));
    }

    /** Mean, standard deviation, least and greatest. */
    private static float[] statistics(float[] values) {
        double mean = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
        double variance = IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .average()
                .orElseThrow();
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return new float[] {(float) mean, (float) Math.sqrt(variance), least, greatest};
    }

    private static double difference(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double most = 0;
        for (int i = 0; i < found.length; i++) {
            double difference = Math.abs((double) found[i] - expected[i]);
            most = difference > most || Double.isNaN(difference) ? difference : most;
        }
        return most;
    }
}
