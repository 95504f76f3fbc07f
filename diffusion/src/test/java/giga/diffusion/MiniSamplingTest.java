package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.noise.PositionNoise;
import giga.diffusion.sampler.LatentMask;
import giga.diffusion.sampler.Sampler;
import giga.diffusion.sampler.Scheduler;
import giga.diffusion.tensor.Precision;
import giga.diffusion.text.Prompt;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samplers on a real network, the embedded model: one of each kind, for the goldens have all. */
class MiniSamplingTest {
    private static final PositionNoise NOISE = new PositionNoise(3, 0, 0, 0, 16, 4, 4);
    private static StableDiffusion mini;
    private static PromptConditioning positive;
    private static PromptConditioning negative;

    @BeforeAll
    static void load() {
        mini = StableDiffusion.load(Path.of("../models/giga-mini"), Precision.F32);
        positive = mini.encode(Prompt.parse("texture, canvas"), TextOptions.DEFAULT, 8);
        negative = mini.encode(Prompt.parse("blurry"), TextOptions.DEFAULT, 8);
    }

    @AfterAll
    static void close() {
        mini.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"DPM_PP_3M_SDE", "EULER_ANCESTRAL", "LCM", "DDIM_CFG_PP", "PLMS", "UNI_PC"})
    void samplersOfEveryKindDrawAPictureOfUsualContrast(Sampler sampler) {
        Planes latents = mini.generate(NOISE, positive, negative, new Sampling(sampler, Scheduler.AUTOMATIC, 5, 1, 3));
        double squares = 0;
        for (float value : latents.values()) squares += value * value;
        assertThat(Math.sqrt(squares / latents.values().length)).isBetween(0.3, 3.0);
    }

    @Test
    void aNewPictureIsARedrawOfNothing() {
        Sampling sampling = new Sampling(Sampler.DPM_PP_2M, Scheduler.KARRAS, 5, 1, 3);
        assertThat(mini.generate(NOISE, positive, negative, sampling).values())
                .containsExactly(mini.denoise(new Planes(1, 16, 4, 4), NOISE, positive, negative, sampling)
                        .values());
    }

    @Test
    void aMaskKeepsLatentsToTheBit() {
        Planes original = NOISE.draw(1);
        Planes kept = new Planes(1, 16, 4, 4);
        for (int i = 0; i < kept.values().length; i++) kept.values()[i] = i % 4 < 2 ? 1 : 0;
        for (Sampler sampler : new Sampler[] {Sampler.EULER_ANCESTRAL, Sampler.UNI_PC}) {
            Planes redrawn = mini.denoise(
                    new LatentMask(original, kept),
                    NOISE,
                    positive,
                    negative,
                    new Sampling(sampler, Scheduler.AUTOMATIC, 6, 0.6, 3));
            for (int i = 0; i < kept.values().length; i++) {
                if (i % 4 < 2) assertThat(redrawn.values()[i]).isEqualTo(original.values()[i]);
                else assertThat(redrawn.values()[i]).isNotEqualTo(original.values()[i]);
            }
        }
    }
}
