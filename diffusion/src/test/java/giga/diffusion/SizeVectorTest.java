package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.weights.Architecture.Family;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SizeVectorTest {
    private static final int WAVES = 256;

    /** Pooled text and sizes of the reference, wherever its sizes are those of a whole picture. */
    @Test
    void aPicturesSizesFollowThePooledText() {
        GoldenFile golden = GoldenFile.open("/networks/tiny_sdxl/unet.safetensors");
        int checked = 0;
        for (String name : golden.names()) {
            if (!name.endsWith(".sizes")) continue;
            String input = name.substring(0, name.length() - ".sizes".length());
            float[] sizes = Arrays.copyOf(golden.floats(name), 6);
            float[] pooled = Arrays.copyOf(golden.floats(input + ".pooled"), golden.shape(input + ".pooled")[1]);
            float[] expected = golden.floats(input + ".vector");
            float[] vector = SizeVector.of(Family.SDXL, text(pooled, 6), (int) sizes[0], (int) sizes[1]);
            assertThat(vector).hasSize(pooled.length + 6 * WAVES);
            // Numbers that the reference was given other than A1111 would give them are passed over.
            float[] given = {sizes[0], sizes[1], 0, 0, sizes[0], sizes[1]};
            for (int i = 0; i < vector.length; i++) {
                int number = (i - pooled.length) / WAVES;
                if (i >= pooled.length && given[number] != sizes[number]) continue;
                assertThat(vector[i]).isEqualTo(expected[i], org.assertj.core.api.Assertions.within(1e-6f));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(10 * WAVES);
    }

    @Test
    void theRefinerIsToldAScoreInsteadOfASecondSize() {
        float[] pooled = {1, 2, 3};
        float[] base = SizeVector.of(Family.SDXL, text(pooled, 2.5), 1024, 768);
        float[] refiner = SizeVector.of(Family.SDXL_REFINER, text(pooled, 2.5), 1024, 768);
        assertThat(refiner).hasSize(3 + 5 * WAVES);
        assertThat(Arrays.copyOf(refiner, 3 + 4 * WAVES)).isEqualTo(Arrays.copyOf(base, 3 + 4 * WAVES));
        assertThat(refiner[3 + 4 * WAVES]).isEqualTo((float) Math.cos(2.5));
    }

    private static Conditioning text(float[] pooled, double score) {
        return new Conditioning(1, 1, new float[1], Optional.of(pooled), score);
    }
}
