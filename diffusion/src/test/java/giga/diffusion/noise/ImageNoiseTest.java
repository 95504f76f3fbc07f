package giga.diffusion.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.GoldenFiles;
import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.noise.ImageNoise.Source;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImageNoiseTest {
    private static final GoldenFiles GOLDENS = new GoldenFiles("noise");

    @Test
    void drawsAreTheWebuisAlsoInBatchesAndWithEnsd() {
        for (JsonNode row : GOLDENS.cases("image_rng.json")) {
            NoiseSource batch = NoiseSource.batch(row.get("seeds")
                    .valueStream()
                    .map(seed -> new ImageNoise(
                            Source.valueOf(row.get("source").stringValue()),
                            seed.longValue(),
                            row.get("eta_noise_seed_delta").longValue(),
                            4,
                            11,
                            12))
                    .toList());
            float[] expected =
                    GOLDENS.tensor("tensors.safetensors", row.get("id").stringValue());
            int size = expected.length / 3;
            // Backwards at the end: an answer depends on the number only.
            for (int number : new int[] {0, 1, 2, 1, 0})
                assertThat(batch.draw(number).values())
                        .as(row.get("id") + " draw " + number)
                        .containsExactly(
                                Arrays.copyOfRange(expected, number * size, (number + 1) * size), within(2e-6f));
        }
    }

    @Test
    void brownianIncrementsAreTorchsdes() {
        for (JsonNode row : GOLDENS.cases("brownian.json")) {
            int height = row.get("shape").get(2).intValue();
            int width = row.get("shape").get(3).intValue();
            NoiseSource noise = new ImageNoise(
                    Source.valueOf(row.get("source").stringValue()),
                    row.get("seed").longValue(),
                    0,
                    4,
                    height,
                    width);
            NoiseSource.Brownian path = noise.brownian(new float[] {
                row.get("sigma_max").floatValue(), row.get("sigma_min").floatValue()
            });
            float[] expected =
                    GOLDENS.tensor("tensors.safetensors", row.get("id").stringValue());
            int size = 4 * height * width;
            for (int i = 0; i < row.get("pairs").size(); i++) {
                JsonNode pair = row.get("pairs").get(i);
                Planes increment =
                        path.between(pair.get(0).floatValue(), pair.get(1).floatValue());
                assertThat(increment.values())
                        .as(row.get("id") + " " + pair)
                        .containsExactly(Arrays.copyOfRange(expected, i * size, (i + 1) * size), within(2e-6f));
            }
        }
    }

    @Test
    void brownianIncrementsDoNotDependOnWhatWasAskedBefore() {
        ImageNoise noise = new ImageNoise(Source.NV, 7, 0, 4, 2, 3);
        float[] ends = {14.6f, 0.03f};
        NoiseSource.Brownian busy = noise.brownian(ends);
        for (float sigma = 14; sigma > 1; sigma -= 0.37f) busy.between(sigma, sigma - 0.6f);
        assertThat(busy.between(9.5f, 2.25f).values())
                .containsExactly(noise.brownian(ends).between(9.5f, 2.25f).values());
    }

    @Test
    void negativeSeedsAreRefused() {
        assertThatThrownBy(() -> new ImageNoise(Source.CPU, -1, 0, 4, 8, 8))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("seed -1");
    }
}
