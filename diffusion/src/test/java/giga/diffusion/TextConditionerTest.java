package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.tensor.Precision;
import giga.diffusion.text.Emphasis;
import giga.diffusion.text.Prompt;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model makes of a prompt, by A1111's rules for its family; values are held to the reference elsewhere. */
class TextConditionerTest {
    private static final Prompt CAT = Prompt.parse("a photo of a cat");

    @TempDir
    Path folder;

    @Test
    void clipSkipIsForSd1Alone() {
        try (StableDiffusion sd1 = load(FormulaCheckpoint.TINY_SD1)) {
            assertThat(encode(sd1, CAT, 2).values())
                    .isNotEqualTo(encode(sd1, CAT, 1).values());
            assertThatThrownBy(() -> encode(sd1, CAT, 3))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("clip skip 3")
                    .hasMessageContaining("give 1 to 2");
        }
        try (StableDiffusion sd2 = load(FormulaCheckpoint.TINY_SD2)) {
            assertThat(encode(sd2, CAT, 12).values())
                    .isEqualTo(encode(sd2, CAT, 1).values());
        }
    }

    @Test
    void sdxlJoinsItsEncodersAndPoolsTheFirstChunk() {
        try (StableDiffusion sdxl = load(FormulaCheckpoint.TINY_SDXL)) {
            Conditioning cat = encode(sdxl, CAT, 1);
            assertThat(cat.tokens()).isEqualTo(77);
            assertThat(cat.width()).isEqualTo(64 + 128);
            assertThat(encode(sdxl, CAT, 12).values()).isEqualTo(cat.values());

            Conditioning two = encode(sdxl, Prompt.parse("a photo of a cat BREAK a dog"), 1);
            assertThat(two.tokens()).isEqualTo(154);
            assertThat(two.pooled().orElseThrow()).isEqualTo(cat.pooled().orElseThrow());
        }
    }

    @Test
    void sdxlsEmptyNegativePromptIsZero() {
        try (StableDiffusion sdxl = load(FormulaCheckpoint.TINY_SDXL)) {
            Conditioning nothing = encode(sdxl, Prompt.parseNegative(""), 1);
            assertThat(nothing.values()).containsOnly(0f);
            assertThat(nothing.pooled().orElseThrow()).containsOnly(0f);
            assertThat(nothing.aestheticScore()).isEqualTo(2.5);
            Conditioning blur = encode(sdxl, Prompt.parseNegative("blur"), 1);
            assertThat(blur.values()).isNotEqualTo(nothing.values());
            assertThat(blur.aestheticScore()).isEqualTo(2.5);
            assertThat(encode(sdxl, Prompt.parse(""), 1).values()).isNotEqualTo(nothing.values());
        }
    }

    private StableDiffusion load(FormulaCheckpoint model) {
        return StableDiffusion.load(model.write(folder.resolve(model.name() + ".safetensors")), Precision.F32);
    }

    private static Conditioning encode(StableDiffusion model, Prompt prompt, int clipSkip) {
        return model.encode(prompt, new TextOptions(clipSkip, Emphasis.ORIGINAL), 20)
                .at(0)
                .getFirst()
                .conditioning();
    }
}
