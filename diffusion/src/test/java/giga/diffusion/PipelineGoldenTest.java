package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.noise.NoiseSource;
import giga.diffusion.tensor.Precision;
import giga.diffusion.text.Prompt;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** All parts of a small model together, from the prompt to the picture, against k-diffusion and diffusers. */
class PipelineGoldenTest {
    @ParameterizedTest
    @CsvSource({"TINY_SD1, eps", "TINY_SD2, v", "TINY_SDXL, eps"})
    void samplesTheReferencesLatentAndPicture(FormulaCheckpoint formula, String prediction, @TempDir Path folder) {
        String name = formula.name().toLowerCase(Locale.ROOT);
        Golden golden = Golden.open("/networks/" + name + "/");
        Path file =
                formula.write(folder.resolve(name + ".safetensors"), Map.of("modelspec.prediction_type", prediction));
        try (StableDiffusion model = StableDiffusion.load(file, Precision.F32)) {
            PromptConditioning positive = model.encode(Prompt.parse("a photo of a cat"), TextOptions.DEFAULT, 6);
            // As a prompt, for the reference encodes the empty text in SDXL too.
            PromptConditioning negative = model.encode(Prompt.parse(""), TextOptions.DEFAULT, 6);
            Sampling sampling = Sampling.named("Euler", "Automatic", 6, 1, 7);

            Planes latent = model.generate(new GoldenNoise(golden), positive, negative, sampling);

            golden.check("latent", latent);
            golden.check("image", model.decodeLatents(latent));
        }
    }

    private record Golden(GoldenFile values, JsonNode tolerances) {
        static Golden open(String folder) {
            return new Golden(
                    GoldenFile.open(folder + "pipeline.safetensors"),
                    GoldenFile.json(folder + "manifest.json").get("pipeline.safetensors"));
        }

        void check(String name, Planes actual) {
            float[] expected = values.floats(name);
            double tolerance = tolerances.get(name).get("tol").asDouble();
            assertThat(actual.values()).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++)
                assertThat(actual.values()[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within((float) tolerance));
        }
    }

    private record GoldenNoise(Golden golden) implements NoiseSource {
        @Override
        public Planes draw(int number) {
            if (number != 0) throw new IllegalArgumentException("Euler draws no noise after the start");
            return golden.values().planes("noise");
        }

        @Override
        public Brownian brownian(float[] sigmas) {
            throw new UnsupportedOperationException("Euler follows no path");
        }
    }
}
