package giga.diffusion.noise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Noise must cost nothing beside a network that takes tens of milliseconds at its best for a tile of this size. */
@Tag("slow")
class PositionNoiseSpeedTest {
    @Test
    void aDrawForATileOf896PixelsTakesAboutAMillisecond() {
        PositionNoise noise = new PositionNoise(1, 2, 300, 400, 4, 112, 112);
        long best = Long.MAX_VALUE;
        float sum = 0;
        for (int i = 0; i < 500; i++) {
            long start = System.nanoTime();
            sum += noise.draw(i).values()[i];
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(sum).isFinite();
        System.out.printf("PositionNoise: %.2f ms per draw of [4, 112, 112]%n", best / 1e6);
        assertThat(best).as("nanoseconds").isLessThan(4_000_000);
    }
}
