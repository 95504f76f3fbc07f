package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSummaryTest {
    @TempDir
    Path folder;

    @Test
    void ofACheckpoint() {
        Path file = FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny.safetensors"), Map.of("author", "a formula"));
        ModelSummary summary = ModelSummary.of(file);
        assertThat(summary.name()).isEqualTo("tiny");
        assertThat(summary.kind()).isEqualTo("Stable Diffusion 1");
        assertThat(summary.architecture()).isPresent();
        assertThat(summary.metadata()).containsEntry("author", "a formula");
        assertThat(summary.refusal()).isEmpty();
        assertThat(summary.parts())
                .extracting(ModelSummary.Part::name)
                .containsExactly("UNet", "autoencoder", "text encoder");
        assertThat(summary.parts().getLast().dtypes()).isEqualTo(Set.of(DType.F16, DType.I64));
        assertThat(summary.bytes()).isEqualTo((20748472 - 77) * 2 + 77 * 8);
    }

    @Test
    void ofTheEmbeddedModel() {
        ModelSummary summary = ModelSummary.of(Path.of("../models/giga-mini"));
        assertThat(summary.kind()).isEqualTo("Stable Diffusion 1, diffusers folder");
        assertThat(summary.parts().stream()
                        .mapToLong(ModelSummary.Part::parameters)
                        .sum())
                .isBetween(16_600_000L, 18_500_000L);
    }

    @Test
    void ofWhatCannotBeUsed() throws IOException {
        byte[] json = "{\"lora_unet_a.lora_up.weight\":{\"dtype\":\"F16\",\"shape\":[0],\"data_offsets\":[0,0]}}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[8 + json.length];
        content[0] = (byte) json.length;
        System.arraycopy(json, 0, content, 8, json.length);
        ModelSummary summary = ModelSummary.of(Files.write(folder.resolve("style.safetensors"), content));
        assertThat(summary.kind()).isEqualTo("a LoRA");
        assertThat(summary.architecture()).isEmpty();
        assertThat(summary.refusal())
                .hasValueSatisfying(why -> assertThat(why).contains("it is a LoRA; use it with a model, as --lora"));
    }

    @Test
    void ofAFolderThatIsNoModel() {
        ModelSummary summary = ModelSummary.of(folder);
        assertThat(summary.architecture()).isEmpty();
        assertThat(summary.refusal()).hasValueSatisfying(why -> assertThat(why).contains("it has no folder unet"));
    }
}
