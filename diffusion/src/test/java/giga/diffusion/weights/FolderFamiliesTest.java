package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** diffusers folders of SD 2, SDXL and its refiner. */
class FolderFamiliesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"TINY_SD2, SD2", "TINY_SDXL, SDXL"})
    void aFolderHoldsTheSameAsTheSingleFile(FormulaCheckpoint tiny, Family family) throws IOException {
        Path file = tiny.write(folder.resolve("tiny.safetensors"));
        try (Checkpoint single = Checkpoint.open(file)) {
            Path parts = TinyFolder.write(folder.resolve("parts"), single);
            try (Checkpoint model = Checkpoint.open(parts)) {
                SingleFileTest.same(model, single);
                Architecture architecture = model.architecture();
                assertThat(architecture.family()).isEqualTo(family);
                assertThat(architecture).isEqualTo(single.architecture().predicting(Prediction.V));
                assertThat(architecture.heads()).isEqualTo(new Heads.Width(64));
                assertThat(model.predictionTold()).isTrue();
            }
        }
    }

    @Test
    void anSd2FolderAsItsMakersSaveItHasNoProjectionAndNoLastLayer() throws IOException {
        Path file = FormulaCheckpoint.TINY_SD2.write(folder.resolve("tiny.safetensors"));
        try (Checkpoint single = Checkpoint.open(file)) {
            Path parts = TinyFolder.write(folder.resolve("parts"), single);
            TinyFolder.put(
                    parts,
                    "text_encoder/config.json",
                    "{\"num_attention_heads\": 2, \"hidden_act\": \"gelu\", \"num_hidden_layers\": 99}");
            try (Checkpoint all = Checkpoint.open(parts)) {
                assertThat(single.has(Parts.OPEN_TEXT + "text_projection")).isTrue();
                assertThat(all.has(Parts.OPEN_TEXT + "text_projection")).isFalse();
            }
        }
    }

    @Test
    void aScheduleThatEndsInNoiseIsRead() throws IOException {
        try (Checkpoint single =
                Checkpoint.open(FormulaCheckpoint.TINY_SD2.write(folder.resolve("tiny.safetensors")))) {
            Path parts = TinyFolder.write(folder.resolve("parts"), single);
            TinyFolder.put(parts, "scheduler/scheduler_config.json", "{\"rescale_betas_zero_snr\": true}");
            try (Checkpoint model = Checkpoint.open(parts)) {
                assertThat(model.architecture().zeroTerminalSnr()).isTrue();
                assertThat(model.architecture().prediction()).isEqualTo(Prediction.EPS);
            }
            TinyFolder.put(
                    parts,
                    "unet/config.json",
                    "{\"attention_head_dim\": [1, 2, 4, 8], \"block_out_channels\": [64, 128, 256, 256],"
                            + " \"use_linear_projection\": true, \"cross_attention_dim\": 128}");
            assertThatThrownBy(() -> Checkpoint.open(parts)).hasMessageContaining("or heads of the same width");
        }
    }

    @Test
    void aRefinerHasItsSecondEncoderAlone() throws IOException {
        try (Checkpoint single =
                Checkpoint.open(FormulaCheckpoint.TINY_SDXL.write(folder.resolve("tiny.safetensors")))) {
            Path parts = TinyFolder.write(folder.resolve("parts"), single);
            try (var files = Files.list(parts.resolve("text_encoder"))) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(parts.resolve("text_encoder"));
            Config unet = Config.read(parts.resolve("unet/config.json"));
            assertThat(FolderArchitecture.family(parts, unet)).isEqualTo(Family.SDXL_REFINER);
            Config text = Config.read(parts.resolve("text_encoder_2/config.json"));
            Config scheduler = Config.read(parts.resolve("scheduler/scheduler_config.json"));
            assertThat(FolderArchitecture.of(Family.SDXL_REFINER, unet, List.of(text), scheduler)
                            .textEncoders())
                    .extracting(Architecture.TextEncoder::prefix)
                    .containsExactly(Parts.REFINER_TEXT);
            assertThatThrownBy(() -> Checkpoint.open(parts)).hasMessageContaining("where [128, 128] is needed");
        }
    }

    @Test
    void partsOfAMatrixMustFit() {
        TensorEntry small = Formulas.entry("encoder.layers.0.self_attn.q_proj.weight", 2, 2);
        TensorEntry large = Formulas.entry("encoder.layers.0.self_attn.k_proj.weight", 4, 2);
        TensorEntry value = Formulas.entry("encoder.layers.0.self_attn.v_proj.weight", 2, 2);
        try (OpenFiles files = new OpenFiles()) {
            assertThatThrownBy(() -> OpenClipNames.internal(
                            folder,
                            Map.of(small.name(), small, large.name(), large, value.name(), value),
                            Parts.OPEN_TEXT,
                            files))
                    .hasMessageContaining("query, key and value of");
        }
    }
}
