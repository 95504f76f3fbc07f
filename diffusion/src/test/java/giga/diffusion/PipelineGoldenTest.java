package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.noise.NoiseSource;
import giga.diffusion.tensor.Precision;
import giga.diffusion.text.Prompt;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** All parts of a small SD 1 model together, from the prompt to the picture, against k-diffusion and diffusers. */
class PipelineGoldenTest {
    private static final String FOLDER = "/networks/tiny_sd1/";
    private static final GoldenFile GOLDEN = GoldenFile.open(FOLDER + "pipeline.safetensors");
    private static final JsonNode TOLERANCES =
            GoldenFile.json(FOLDER + "manifest.json").get("pipeline.safetensors");

    @Test
    void samplesTheReferencesLatentAndPicture(@TempDir Path folder) {
        Path file = FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny_sd1.safetensors"));
        try (StableDiffusion model = StableDiffusion.load(file, Precision.F32)) {
            Planes nothing = new Planes(1, 4, 16, 24);
            PromptConditioning positive = model.encode(Prompt.parse("a photo of a cat"), TextOptions.DEFAULT, 6);
            PromptConditioning negative = model.encode(Prompt.parse(""), TextOptions.DEFAULT, 6);
            // Denoised from noise alone: with strength 1 the whole schedule is run.
            Sampling sampling = Sampling.named("Euler", "Automatic", 6, 1, 7);

            Planes latent = model.denoise(nothing, new GoldenNoise(), positive, negative, sampling);

            check("latent", latent);
            check("image", model.decodeLatents(latent));
        }
    }

    private static void check(String name, Planes actual) {
        float[] expected = GOLDEN.floats(name);
        double tolerance = TOLERANCES.get(name).get("tol").asDouble();
        assertThat(actual.values()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++)
            assertThat(actual.values()[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within((float) tolerance));
    }

    private static final class GoldenNoise implements NoiseSource {
        @Override
        public Planes draw(int number) {
            if (number != 0) throw new IllegalArgumentException("Euler draws no noise after the start");
            return GOLDEN.planes("noise");
        }

        @Override
        public Brownian brownian(float[] sigmas) {
            throw new UnsupportedOperationException("Euler follows no path");
        }
    }
}
