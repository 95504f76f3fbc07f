package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Prediction;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Names and configurations of the real sizes, there and back. */
class FolderNamesTest {
    @ParameterizedTest
    @EnumSource(
            value = FormulaCheckpoint.class,
            names = {"SD15", "SD21", "SDXL"})
    void everyNameComesBack(FormulaCheckpoint real) {
        Set<String> unet = below(real, Parts.UNET);
        Function<String, String> naming = FolderNames.unet(FolderNames.layers(unet));
        Set<String> stored = unet.stream().map(naming).collect(Collectors.toSet());
        assertThat(stored).hasSameSizeAs(unet);
        DiffusersUNetNames back = new DiffusersUNetNames(stored);
        for (String name : unet) assertThat(back.map(naming.apply(name))).contains(name);

        Set<String> kl = below(real, Parts.KL);
        Set<String> storedKl = kl.stream().map(FolderNames.kl(4)).collect(Collectors.toSet());
        DiffusersVaeNames backKl = new DiffusersVaeNames(storedKl);
        for (String name : kl)
            assertThat(backKl.kl(FolderNames.kl(4).apply(name))).contains(name);
    }

    /** As the configurations that Stability published with these models have it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SD15 | SD1  | 8              | [320, 640, 1280, 1280] | [1, 1, 1, 1] | 768  | false
            SD21 | SD2  | [5, 10, 20, 20] | [320, 640, 1280, 1280] | [1, 1, 1, 1] | 1024 | true
            SDXL | SDXL | [5, 10, 20]    | [320, 640, 1280]       | [1, 2, 10]   | 2048 | true
            """)
    void configurationsOfTheRealSizes(
            FormulaCheckpoint real,
            Family family,
            String heads,
            String channels,
            String depths,
            String context,
            String linear) {
        Map<String, Object> config = UNetConfig.of(model(real, family), 2);
        assertThat(config.get("attention_head_dim").toString()).isEqualTo(heads);
        assertThat(config.get("block_out_channels").toString()).isEqualTo(channels);
        assertThat(config.get("transformer_layers_per_block").toString()).isEqualTo(depths);
        assertThat(config.get("cross_attention_dim").toString()).isEqualTo(context);
        assertThat(config.get("use_linear_projection").toString()).isEqualTo(linear);
        assertThat(config.containsKey("addition_embed_type")).isEqualTo(family == Family.SDXL);
        if (family == Family.SDXL) assertThat(config).containsEntry("projection_class_embeddings_input_dim", 2816L);
    }

    @Test
    void aPrunedUNetOfUnevenDepthIsNoFolder() {
        Map<String, TensorEntry> tensors = tensors(FormulaCheckpoint.SDXL);
        tensors.keySet().removeIf(name -> name.contains("input_blocks.8.1.transformer_blocks.9."));
        assertThatThrownBy(() -> UNetConfig.of(model(Family.SDXL, tensors), 2))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("uneven depth");
    }

    /** Whatever stands in a hostile file, names are found or passed over, or the file is refused. */
    @Test
    void tenThousandDamagedSetsOfNames() {
        Random random = new Random(5);
        List<String> good = new ArrayList<>(List.of(
                "encoder.layers.0.self_attn.q_proj.weight",
                "encoder.layers.0.self_attn.k_proj.weight",
                "encoder.layers.0.self_attn.v_proj.weight",
                "text_projection.weight",
                "text_model.embeddings.token_embedding.weight",
                "model_ema.diffusion_modelinput_blocks110in_layers0weight",
                "first_stage_model.encoder.down_blocks.0.resnets.0.conv1.weight",
                "vae.decoder.up_blocks.3.upsamplers.0.conv.weight",
                "decoder.layers.1.conv.0.weight",
                "encoder.layers.0.weight",
                "module.state_dict.model.diffusion_model._orig_mod.out.2.weight"));
        try (OpenFiles files = new OpenFiles()) {
            for (int i = 0; i < 10_000; i++) {
                Map<String, TensorEntry> tensors = new LinkedHashMap<>();
                for (String name : good) {
                    String damaged = random.nextInt(3) > 0 ? name : damaged(name, random);
                    tensors.put(
                            damaged,
                            Formulas.entry(
                                    damaged,
                                    random.ints(random.nextInt(4), 0, 3)
                                            .asLongStream()
                                            .toArray()));
                }
                try {
                    Map<String, TensorEntry> used = SingleFile.unwrapped(tensors, random.nextBoolean());
                    Kind.of(used);
                    AutoencoderNames.internal(Path.of("x"), used);
                    OpenClipNames.internal(Path.of("x"), tensors, Parts.OPEN_TEXT, files);
                } catch (ModelException e) {
                    assertThat(e.getMessage()).startsWith("x: ").doesNotContain("\n");
                }
            }
        }
    }

    private static String damaged(String name, Random random) {
        int from = random.nextInt(name.length());
        int to = Math.min(name.length(), from + random.nextInt(4));
        String[] pieces = {"", ".", "999", "-", "model.", "0.0", "\n", "weight"};
        return name.substring(0, from) + pieces[random.nextInt(pieces.length)] + name.substring(to);
    }

    private static Checkpoint model(FormulaCheckpoint real, Family family) {
        return model(family, tensors(real));
    }

    private static Checkpoint model(Family family, Map<String, TensorEntry> tensors) {
        Architecture architecture = FamilyArchitecture.of(family, tensors, Prediction.EPS, false);
        return new Checkpoint(
                Path.of("x"), architecture, PredictionSource.FAMILY, tensors, Optional.empty(), new OpenFiles());
    }

    private static Map<String, TensorEntry> tensors(FormulaCheckpoint real) {
        Map<String, TensorEntry> tensors = new HashMap<>();
        real.keys()
                .forEach(key ->
                        tensors.put(key.key(), new TensorEntry(key.key(), DType.F16, key.shape(), MemorySegment.NULL)));
        return tensors;
    }

    private static Set<String> below(FormulaCheckpoint real, String prefix) {
        Set<String> below = new HashSet<>();
        real.keys().forEach(key -> {
            if (key.key().startsWith(prefix)) below.add(key.key().substring(prefix.length()));
        });
        return below;
    }
}
