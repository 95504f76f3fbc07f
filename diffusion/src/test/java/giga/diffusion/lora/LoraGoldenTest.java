package giga.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.GoldenFile;
import giga.diffusion.network.ClipTextEncoder;
import giga.diffusion.network.OpenClipTextEncoder;
import giga.diffusion.network.Tokens;
import giga.diffusion.network.UNet;
import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.WeightStore;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture.TextEncoder;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.FormulaCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Merged weights, and networks with them, against diffusers, PEFT and LyCORIS on small families of SD 1 and SDXL. */
class LoraGoldenTest {
    private static final String FILES = "/networks/lora/";
    private static final double MULTIPLIER = 0.35;

    @TempDir
    static Path folder;

    private static Checkpoint sd1;
    private static Checkpoint sdxl;

    @BeforeAll
    static void makeCheckpoints() {
        sd1 = Checkpoint.open(FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny_sd1.safetensors")));
        sdxl = Checkpoint.open(FormulaCheckpoint.TINY_SDXL.write(folder.resolve("tiny_sdxl.safetensors")));
    }

    @AfterAll
    static void close() {
        sd1.close();
        sdxl.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sd1_linear",
                "sd1_locon",
                "sd1_tucker",
                "sd1_loha",
                "sd1_lokr",
                "sd1_dora",
                "sd1_misc",
                "sd1_peft",
                "sdxl_linear",
                "sdxl_kohya_diffusers",
                "sdxl_peft"
            })
    void mergedWeights(String lora) {
        GoldenFile golden = golden(lora);
        Checkpoint model = model(lora);
        ModuleNames names = new ModuleNames(model);
        int compared = 0;
        try (LoraMerge merge = merge(lora)) {
            assertThat(merge.report().complete()).as(merge.report().toString()).isTrue();
            for (String name : tolerances(lora).propertyNames()) {
                if (!name.startsWith("merged/")) continue;
                boolean bias = name.endsWith(".bias");
                String module = name.substring("merged/".length()).replaceFirst("\\.bias$", "");
                Target target = names.find(LoraKey.module(module)).orElseThrow();
                float[] found = Scope.read(() -> {
                    String weight = bias ? target.bias().orElseThrow() : target.weight();
                    Tensor whole = MappedTensor.inF32(model.get(weight));
                    merge.apply(weight, whole);
                    return whole.narrow(0, target.firstRow(), target.shape().getFirst())
                            .toFloats();
                });
                check(lora, golden, name, found);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(1);
    }

    /** With all modules at once; without the LoRA the network is again what it was, to the bit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sd1_linear",
                "sd1_locon",
                "sd1_tucker",
                "sd1_loha",
                "sd1_lokr",
                "sd1_dora",
                "sd1_misc",
                "sd1_peft",
                "sdxl_linear",
                "sdxl_kohya_diffusers",
                "sdxl_peft"
            })
    void networks(String lora) {
        Checkpoint model = model(lora);
        GoldenFile golden = golden(lora);
        try (WeightStore store = new WeightStore(model, Placement.onProcessor(Precision.F32))) {
            Map<String, float[]> before = outputs(model, store);
            try (LoraMerge merge = merge(lora)) {
                store.change(merge);
            }
            Map<String, float[]> merged = outputs(model, store);
            for (String name : tolerances(lora).propertyNames())
                if (!name.startsWith("merged/")) check(lora, golden, name, merged.get(name));
            try (LoraMerge none = new LoraMerge(model, List.of())) {
                store.change(none);
            }
            outputs(model, store).forEach((name, values) -> assertThat(values).isEqualTo(before.get(name)));
        }
    }

    private static Map<String, float[]> outputs(Checkpoint model, Weights weights) {
        String family = model == sd1 ? "tiny_sd1" : "tiny_sdxl";
        GoldenFile ids = GoldenFile.open("/networks/" + family + "/text.safetensors");
        Map<String, float[]> outputs = new LinkedHashMap<>();
        outputs.put(
                "unet.stages.output",
                unet(model, weights, GoldenFile.open("/networks/" + family + "/unet.safetensors")));
        List<TextEncoder> encoders = model.architecture().textEncoders();
        if (model == sd1) {
            outputs.put(
                    "clip.skip1.prompt0",
                    Scope.read(() -> clip(encoders.getFirst(), weights)
                            .forward(firstPrompt(ids, "clip.ids"), 1)
                            .toFloats()));
            return outputs;
        }
        outputs.put(
                "clip_l.hidden.prompt0",
                Scope.read(() -> clip(encoders.getFirst(), weights)
                        .forwardUnnormed(firstPrompt(ids, "clip_l.ids"), 2)
                        .toFloats()));
        TextEncoder second = encoders.getLast();
        Scope.read(() -> {
            OpenClipTextEncoder.Pooled pooled = new OpenClipTextEncoder(
                            weights.below(second.prefix()), second.heads(), second.activation())
                    .forwardPooled(firstPrompt(ids, "clip_g.ids"));
            outputs.put("clip_g.hidden.prompt0", pooled.hidden().toFloats());
            return outputs.put("clip_g.pooled.prompt0", pooled.pooled().toFloats());
        });
        return outputs;
    }

    private static float[] unet(Checkpoint model, Weights weights, GoldenFile inputs) {
        return Scope.read(() -> new UNet(
                        weights.below("model.diffusion_model."),
                        model.architecture().heads())
                .forward(
                        tensor(inputs, "stages.latent"),
                        inputs.floats("stages.timestep"),
                        tensor(inputs, "stages.context"),
                        inputs.has("stages.vector") ? Optional.of(tensor(inputs, "stages.vector")) : Optional.empty())
                .toFloats());
    }

    private static ClipTextEncoder clip(TextEncoder encoder, Weights weights) {
        return new ClipTextEncoder(weights.below(encoder.prefix()), encoder.heads(), encoder.activation());
    }

    private static Tokens firstPrompt(GoldenFile text, String name) {
        return new Tokens(new int[][] {
            Arrays.stream(text.longs(name)).limit(77).mapToInt(id -> (int) id).toArray()
        });
    }

    private static Tensor tensor(GoldenFile file, String name) {
        long[] shape = Arrays.stream(file.shape(name)).asLongStream().toArray();
        return Tensor.of(file.floats(name), shape);
    }

    private static Checkpoint model(String lora) {
        return lora.startsWith("sd1_") ? sd1 : sdxl;
    }

    private static LoraMerge merge(String lora) {
        Path file = folder.resolve("lora_" + lora + ".safetensors");
        if (lora.endsWith("_linear"))
            LoraFormula.ofKeys(FILES + "keys/lora_" + lora + ".tsv").write(file);
        else
            try {
                Files.write(file, GoldenFile.resource(FILES + "lora_" + lora + ".safetensors"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        return new LoraMerge(model(lora), List.of(new LoraUse(file, MULTIPLIER)));
    }

    private static GoldenFile golden(String lora) {
        return GoldenFile.open(FILES + "lora_" + lora + ".golden.safetensors");
    }

    private static JsonNode tolerances(String lora) {
        return GoldenFile.json(FILES + "manifest.json").get("lora_" + lora + ".golden.safetensors");
    }

    private static void check(String lora, GoldenFile golden, String name, float[] found) {
        assertThat(difference(golden, name, found))
                .as(name)
                .isLessThanOrEqualTo(tolerances(lora).get(name).get("tol").asDouble());
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
