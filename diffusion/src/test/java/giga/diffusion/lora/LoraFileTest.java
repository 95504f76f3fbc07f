package giga.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.ModelException;
import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.FormulaCheckpoint;
import giga.diffusion.weights.SmallCheckpoint;
import giga.diffusion.weights.SmallCheckpoint.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoraFileTest {
    private static final String KOHYA = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_out_0";
    private static final String WEIGHT =
            "model.diffusion_model.middle_block.1.transformer_blocks.0.attn1.to_out.0.weight";
    private static final long[] DOWN = {4, 128};
    private static final long[] UP = {128, 4};

    @TempDir
    static Path folder;

    private static Checkpoint tiny;

    @BeforeAll
    static void makeCheckpoint() {
        tiny = Checkpoint.open(FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny.safetensors")));
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    /** The same two matrices under every name that trainers give them. */
    @ParameterizedTest
    @CsvSource({
        "lora_unet_middle_block_1_transformer_blocks_0_attn1_to_out_0, .lora_down.weight, .lora_up.weight",
        "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0, .lora_A.weight, .lora_B.weight",
        "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0, .lora_A.default.weight, .lora_B.default.weight",
        "base_model.model.mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0, .lora_A.weight, .lora_B.weight",
        "unet.mid_block.attentions.0.transformer_blocks.0.attn1.processor.to_out, _lora.down.weight, _lora.up.weight",
        "mid_block.attentions.0.transformer_blocks.0.attn1.processor.to_out, _lora.down.weight, _lora.up.weight",
        "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0, .lora.down.weight, .lora.up.weight",
        "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0, .lora_linear_layer.down.weight, .lora_linear_layer.up.weight",
        "diffusion_model.middle_block.1.transformer_blocks.0.attn1.to_out.0, .lora_A.weight, .lora_B.weight",
    })
    void everySpelling(String module, String down, String up) {
        Path expected = matrices(new LoraFormula(), KOHYA + ".lora_down.weight", KOHYA + ".lora_up.weight")
                .write(folder.resolve("kohya.safetensors"));
        Path other = matrices(new LoraFormula(), module + down, module + up).write(folder.resolve("other.safetensors"));
        assertThat(merged(other)).isEqualTo(merged(expected));
    }

    /** Alpha, then what PEFT writes for the whole file; rank 4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                          | 1",
                "{\"unet.lora_alpha\": 8}                                                    | 2",
                "{\"lora_alpha\": 8, \"r\": 16}                                              | 2",
                "{\"unet.lora_alpha\": 8, \"unet.use_rslora\": true}                         | 4",
                "{\"unet.lora_alpha\": 8, \"unet.alpha_pattern\": {\"attn1.to_out.0\": 2}}   | 0.5",
                "{\"text_encoder.lora_alpha\": 8}                                            | 1",
            })
    void scaleOfPeft(String metadata, double scale) {
        String module = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0";
        Path file = matrices(new LoraFormula(), module + ".lora_A.weight", module + ".lora_B.weight")
                .write(folder.resolve("peft.safetensors"), Map.of("lora_adapter_metadata", metadata));
        try (LoraFile lora = LoraFile.open(file)) {
            assertThat(lora.modules().getFirst().scale()).isCloseTo(scale, within(1e-12));
        }
    }

    @Test
    void scaleBesideThePeftFile() throws IOException {
        String module = "base_model.model.mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0";
        Path file = matrices(new LoraFormula(), module + ".lora_A.weight", module + ".lora_B.weight")
                .write(Files.createDirectories(folder.resolve("peft")).resolve("adapter_model.safetensors"));
        Files.writeString(file.resolveSibling("adapter_config.json"), "{\"r\": 4, \"lora_alpha\": 6}");
        try (LoraFile lora = LoraFile.open(file)) {
            assertThat(lora.modules().getFirst().scale()).isEqualTo(1.5);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0.5", "0, 0", "-4, -1"})
    void alphaIsDividedByTheRank(float alpha, double scale) {
        Path file = kohya().scalar(KOHYA + ".alpha", alpha).write(folder.resolve("alpha.safetensors"));
        try (LoraFile lora = LoraFile.open(file)) {
            assertThat(lora.modules().getFirst().scale()).isEqualTo(scale);
        }
    }

    @Test
    void aScaleOfItsOwnGoesBeforeAlpha() {
        Path file = kohya().scalar(KOHYA + ".alpha", 2)
                .scalar(KOHYA + ".scale", 3)
                .write(folder.resolve("scale.safetensors"));
        try (LoraFile lora = LoraFile.open(file)) {
            assertThat(lora.modules().getFirst().scale()).isEqualTo(3);
        }
    }

    @Test
    void whatHasNoPlaceIsToldAndTheRestActs() {
        LoraFormula lora = kohya();
        for (String missing : List.of("lora_unet_foo", "lora_te_bar"))
            matrices(lora, missing + ".lora_down.weight", missing + ".lora_up.weight");
        matrices(
                lora,
                KOHYA.replace("to_out_0", "to_q") + ".lora_down.weight",
                KOHYA.replace("to_out_0", "to_q") + ".lora_up.weight");
        matrices(
                lora,
                KOHYA.replace("to_out_0", "to_k") + ".lora_down.weight",
                KOHYA.replace("to_out_0", "to_k") + ".lora_up.weight");
        lora.random("lora_unet_conv_in.oft_blocks", 4, 4).random("bundle_emb.ink.string_to_param.*", 2, 768);
        Path file = lora.write(folder.resolve("mixed.safetensors"));
        try (LoraMerge merge = new LoraMerge(tiny, List.of(new LoraUse(file, 1)))) {
            assertThat(merge.report().complete()).isFalse();
            assertThat(merge.report().loras().getFirst())
                    .hasToString("LoRA mixed: 3 layers, 3 without a place in this model (\"lora_unet_foo\","
                            + " \"lora_te_bar\", \"lora_unet_conv_in.oft_blocks\");"
                            + " the embeddings in its file are not read");
        }
    }

    @Test
    void aLoraOfAnotherFamilyIsRefused() {
        LoraFormula lora = new LoraFormula();
        for (String to : List.of("to_k", "to_v")) {
            String module = "lora_unet_input_blocks_4_1_transformer_blocks_0_attn2_" + to;
            lora.random(module + ".lora_down.weight", 4, 2048).random(module + ".lora_up.weight", 640, 4);
        }
        // Some of its layers fit by chance.
        Path file = matrices(lora, KOHYA + ".lora_down.weight", KOHYA + ".lora_up.weight")
                .write(folder.resolve("xl.safetensors"));
        assertThatThrownBy(() -> new LoraMerge(tiny, List.of(new LoraUse(file, 1))))
                .isExactlyInstanceOf(ModelException.class)
                .hasMessage(file + ": the LoRA is for SDXL, the model tiny is SD 1: 2 of 3 layers do not fit, such as"
                        + " \"lora_unet_input_blocks_4_1_transformer_blocks_0_attn2_to_k\";"
                        + " use it with a model of its own family.");
    }

    @ParameterizedTest
    @CsvSource({
        "ss_base_model_version, sdxl_base_v1-0, SDXL",
        "ss_base_model_version, sd_v1, SD1",
        "ss_v2, True, SD2",
        "ss_v2, False, SD1",
        "modelspec.architecture, stable-diffusion-v2-768-v/lora, SD2",
        "modelspec.architecture, stable-diffusion-xl-v1-base/lora, SDXL",
        "ss_steps, 100, UNKNOWN",
    })
    void theTrainerTellsTheFamily(String key, String value, Base base) {
        Path file = kohya().write(folder.resolve("family.safetensors"), Map.of(key, value));
        try (LoraFile lora = LoraFile.open(file)) {
            assertThat(lora.base()).isEqualTo(base);
        }
    }

    @ParameterizedTest
    @CsvSource({"768, SD1", "1024, SD2", "2048, SDXL", "1280, SDXL_REFINER", "128, UNKNOWN"})
    void orTheWidthOfTheText(long width, Base base) {
        String module = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_k";
        Path file = new LoraFormula()
                .random(module + ".lora_down.weight", 4, width)
                .random(module + ".lora_up.weight", 1280, 4)
                .write(folder.resolve("width.safetensors"));
        try (LoraFile lora = LoraFile.open(file)) {
            assertThat(lora.base()).isEqualTo(base);
        }
    }

    @Test
    void aSummaryTellsWhatItIs() {
        LoraFormula lora = kohya().scalar(KOHYA + ".alpha", 2);
        lora.random("lora_te_text_model_encoder_layers_0_mlp_fc1.lora_down.weight", 8, 128)
                .random("lora_te_text_model_encoder_layers_0_mlp_fc1.lora_up.weight", 512, 8)
                .random("lora_unet_conv_in.diff", 32, 4, 3, 3);
        Path file = lora.write(
                folder.resolve("ink v2.safetensors"),
                Map.of(
                        "ss_base_model_version", "sd_v1",
                        "ss_network_dim", "4",
                        "ss_network_alpha", "None",
                        "ss_bucket_info", "{}",
                        "ss_tag_frequency",
                                "{\"10_a\": {\"ink\": 7, \" wash\": 2}, \"5_b\": {\"ink\": 4, \"tree\": 3}}"));
        LoraSummary summary = LoraSummary.of(file);
        assertThat(summary.name()).isEqualTo("ink v2");
        assertThat(summary.base()).isEqualTo(Base.SD1);
        assertThat(summary.kinds()).isEqualTo(Map.of("LoRA", 2L, "differences", 1L));
        assertThat(summary.ranks()).containsExactly(4L, 8L);
        assertThat(summary.alphas()).containsExactly(2.0, 8.0);
        assertThat(summary.unetLayers()).isEqualTo(2);
        assertThat(summary.textLayers()).isEqualTo(1);
        assertThat(summary.training())
                .containsExactly(Map.entry("ss_base_model_version", "sd_v1"), Map.entry("ss_network_dim", "4"));
        assertThat(summary.tags()).containsExactly(Map.entry("ink", 11L), Map.entry("tree", 3L), Map.entry("wash", 2L));
    }

    @Test
    void alphaThatIsNoNumberIsRefusedByName() {
        refused(kohya().scalar(KOHYA + ".alpha", Float.NaN), "\"" + KOHYA + ".alpha\" is not finite");
    }

    @Test
    void aRankOfZeroIsRefused() {
        refused(
                new LoraFormula()
                        .add(KOHYA + ".lora_down.weight", DType.F16, new byte[0], 0, 128)
                        .add(KOHYA + ".lora_up.weight", DType.F16, new byte[0], 128, 0),
                "lora_up.weight\" has the shape [128, 0]",
                "no side of 0");
    }

    @Test
    void matricesThatDoNotMultiplyAreRefused() {
        refused(
                new LoraFormula().random(KOHYA + ".lora_down.weight", 5, 128).random(KOHYA + ".lora_up.weight", 128, 4),
                "lora_up.weight\" has the shape [128, 4], which does not go with",
                "lora_down.weight\" has the shape [5, 128]");
    }

    @Test
    void halfALayerIsRefused() {
        refused(new LoraFormula().random(KOHYA + ".lora_down.weight", DOWN), "layer \"" + KOHYA + "\" lacks its up");
    }

    @Test
    void integersAreNoMatrices() {
        refused(
                new LoraFormula()
                        .add(KOHYA + ".lora_down.weight", DType.I8, new byte[512], DOWN)
                        .add(KOHYA + ".lora_up.weight", DType.I8, new byte[512], UP),
                "lora_up.weight\" holds I8 where weights belong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.diffusion_model.out.2.weight", "lora_unet_conv_in.oft_blocks"})
    void whatIsNoLoraIsRefused(String name) {
        refused(new LoraFormula().random(name, 4, 4), "it is no LoRA of a kind that is read here", name);
    }

    /** Inpainting models see a mask and a masked picture behind the latent; a LoRA trained without leaves those alone. */
    @Test
    void theFirstConvolutionOfAnInpaintingModel() {
        String conv = "model.diffusion_model.input_blocks.0.0.weight";
        Content zeros = new Content(DType.F16, List.of(2L, 9L, 3L, 3L), new byte[2 * 9 * 9 * 2]);
        Path file = new LoraFormula()
                .random("lora_unet_conv_in.lora_down.weight", 1, 4, 3, 3)
                .random("lora_unet_conv_in.lora_up.weight", 2, 1, 1, 1)
                .write(folder.resolve("conv.safetensors"));
        try (Checkpoint model = SmallCheckpoint.of(folder.resolve("inpaint.safetensors"), false, Map.of(conv, zeros));
                LoraMerge merge = new LoraMerge(model, List.of(new LoraUse(file, 1)))) {
            float[] weight = merged(model, merge, conv);
            for (int i = 0; i < weight.length; i++) {
                boolean ofLatent = i / 9 % 9 < 4;
                assertThat(weight[i] != 0).as("%d", i).isEqualTo(ofLatent);
            }
        }
    }

    private static void refused(LoraFormula lora, String... parts) {
        Path file = lora.write(folder.resolve("refused.safetensors"));
        assertThatThrownBy(() -> LoraFile.open(file))
                .isExactlyInstanceOf(ModelException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageEndingWith(".")
                .hasMessageContainingAll(parts);
    }

    private static LoraFormula kohya() {
        return matrices(new LoraFormula(), KOHYA + ".lora_down.weight", KOHYA + ".lora_up.weight");
    }

    private static LoraFormula matrices(LoraFormula lora, String down, String up) {
        float[] falling = new float[512];
        float[] rising = new float[512];
        for (int i = 0; i < 512; i++) {
            falling[i] = 1f / (i + 1);
            rising[i] = i / 512f;
        }
        return lora.add(down, falling, DOWN).add(up, rising, UP);
    }

    private static float[] merged(Path file) {
        try (LoraMerge merge = new LoraMerge(tiny, List.of(new LoraUse(file, 1)))) {
            assertThat(merge.report().complete()).as(merge.report().toString()).isTrue();
            return merged(tiny, merge, WEIGHT);
        }
    }

    private static float[] merged(Checkpoint model, LoraMerge merge, String name) {
        return Scope.read(() -> {
            Tensor weight = MappedTensor.inF32(model.get(name));
            merge.apply(name, weight);
            return weight.toFloats();
        });
    }
}
