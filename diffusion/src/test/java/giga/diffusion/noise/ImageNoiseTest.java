package giga.diffusion.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.GoldenFiles;
import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.noise.ImageNoise.Source;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImageNoiseTest {
    private static final GoldenFiles GOLDENS = new GoldenFiles("noise");

    @Test
    void drawsAreTheWebuis() {
        for (JsonNode row : GOLDENS.cases("image_rng.json")) {
            NoiseSource batch = NoiseSource.batch(row.get("seeds")
                    .valueStream()
                    .map(seed -> new ImageNoise(
                            Source.valueOf(row.get("source").stringValue()),
                            imageSeed(seed.longValue(), row),
                            4,
                            11,
                            12))
                    .toList());
            float tolerance = row.has("subseeds") ? 1e-5f : 2e-6f;
            float[] expected =
                    GOLDENS.tensor("tensors.safetensors", row.get("id").stringValue());
            int size = expected.length / 3;
            // Backwards at the end: an answer depends on the number only.
            for (int number : new int[] {0, 1, 2, 1, 0})
                assertThat(batch.draw(number).values())
                        .as(row.get("id") + " draw " + number)
                        .containsExactly(
                                Arrays.copyOfRange(expected, number * size, (number + 1) * size), within(tolerance));
        }
    }

    private static ImageSeed imageSeed(long seed, JsonNode row) {
        ImageSeed result = new ImageSeed(seed)
                .withEtaNoiseSeedDelta(row.get("eta_noise_seed_delta").longValue());
        if (row.has("subseeds"))
            result = result.withVariation(
                    row.get("subseeds").get(0).longValue(),
                    row.get("subseed_strength").doubleValue());
        if (row.has("seed_resize_from_w"))
            result = result.withResizeFrom(
                    row.get("seed_resize_from_h").intValue() / 8,
                    row.get("seed_resize_from_w").intValue() / 8);
        return result;
    }

    @Test
    void brownianIncrementsAreTorchsdes() {
        for (JsonNode row : GOLDENS.cases("brownian.json")) {
            int height = row.get("shape").get(2).intValue();
            int width = row.get("shape").get(3).intValue();
            NoiseSource noise = new ImageNoise(
                    Source.valueOf(row.get("source").stringValue()),
                    new ImageSeed(row.get("seed").longValue()),
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
        ImageNoise noise = new ImageNoise(Source.NV, new ImageSeed(7), 4, 2, 3);
        float[] ends = {14.6f, 0.03f};
        NoiseSource.Brownian busy = noise.brownian(ends);
        for (float sigma = 14; sigma > 1; sigma -= 0.37f) busy.between(sigma, sigma - 0.6f);
        assertThat(busy.between(9.5f, 2.25f).values())
                .containsExactly(noise.brownian(ends).between(9.5f, 2.25f).values());
    }

    @Test
    void unusableSeedsAreRefused() {
        assertRefused(() -> new ImageSeed(-1), "seed -1");
        assertRefused(() -> new ImageSeed(1).withVariation(-2, 0.5), "seed -2");
        assertRefused(() -> new ImageSeed(1).withVariation(2, 1.5), "1.5");
        assertRefused(() -> new ImageSeed(1).withVariation(2, Double.NaN), "NaN");
        assertRefused(() -> new ImageSeed(1).withResizeFrom(64, -8), "-8x64");
        assertRefused(() -> new ImageSeed(1).withResizeFrom(1 << 20, 8), "8x1048576");
    }

    private static void assertRefused(ThrowingCallable seed, String message) {
        assertThatThrownBy(seed).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }
}
