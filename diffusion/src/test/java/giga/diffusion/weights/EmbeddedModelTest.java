package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Architecture.TextEncoder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model in the project, a diffusers folder with sizes of its own. */
class EmbeddedModelTest {
    private static final Path MODEL = Path.of("../models/giga-mini");

    @Test
    void architectureComesFromItsConfigFiles() {
        try (Checkpoint model = Checkpoint.open(MODEL)) {
            assertThat(model.architecture())
                    .isEqualTo(new Architecture(
                            Family.SD1,
                            Prediction.V,
                            false,
                            new Heads.Count(4),
                            Autoencoder.TINY,
                            16,
                            1.1921633588828813,
                            List.of(new TextEncoder(TextEncoder.Layout.CLIP, Parts.TEXT, 4, Activation.QUICK_GELU)),
                            0.00085,
                            0.012));
            assertThat(model.name()).isEqualTo("giga-mini");
            assertThat(model.tokenizerFolder()).contains(MODEL.resolve("tokenizer"));
        }
    }

    @Test
    void everyTensorHasASingleFileName() {
        try (Checkpoint model = Checkpoint.open(MODEL)) {
            assertThat(model.names()).hasSize(496 + 98 + 68);
            assertThat(shape(model, "model.diffusion_model.input_blocks.0.0.weight"))
                    .containsExactly(64L, 16L, 3L, 3L);
            assertThat(shape(model, "model.diffusion_model.input_blocks.3.0.op.weight"))
                    .containsExactly(64L, 64L, 3L, 3L);
            assertThat(shape(model, "model.diffusion_model.input_blocks.8.1.transformer_blocks.0.attn2.to_k.weight"))
                    .containsExactly(192L, 128L);
            assertThat(shape(model, "model.diffusion_model.middle_block.2.out_layers.3.weight"))
                    .containsExactly(192L, 192L, 3L, 3L);
            assertThat(shape(model, "model.diffusion_model.output_blocks.5.2.conv.weight"))
                    .containsExactly(128L, 128L, 3L, 3L);
            assertThat(shape(model, "model.diffusion_model.output_blocks.8.0.skip_connection.weight"))
                    .containsExactly(64L, 128L, 1L, 1L);
            assertThat(shape(model, "taesd_encoder.11.weight")).containsExactly(16L, 32L, 3L, 3L);
            assertThat(shape(model, "taesd_decoder.1.weight")).containsExactly(32L, 16L, 3L, 3L);
            assertThat(shape(model, "cond_stage_model.transformer.text_model.embeddings.token_embedding.weight"))
                    .containsExactly(4114L, 128L);
        }
    }

    private static List<Long> shape(Checkpoint model, String name) {
        return model.get(name).shape();
    }
}
