package giga.diffusion.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What lies beyond the halo, with trained weights: -Dgiga.rrdb=FILE names an RRDB upscaler. An RRDB network of 23 blocks
 * reaches 350 pixels, but hardly any of that shows in 8 bits.
 */
@EnabledIfSystemProperty(named = "giga.rrdb", matches = ".+")
class RrdbHaloTest {
    private static final int CORE = 48;
    private static final int FARTHEST = 128;

    @Test
    void beyondTheHaloNothingShowsByMoreThanOneLevel() {
        try (Upscaler upscaler =
                Upscaler.open(Path.of(System.getProperty("giga.rrdb")), Placement.onProcessor(Precision.F32))) {
            byte[] picture = picture(CORE + 2 * FARTHEST);
            byte[] whole = core(upscaler, picture, FARTHEST);
            StringBuilder told = new StringBuilder();
            for (int halo : new int[] {24, 48, 64, 72, 80}) {
                byte[] part = core(upscaler, picture, halo);
                told.append("halo %d: %s%n".formatted(halo, difference(part, whole)));
            }
            System.out.print(told);
            int most = most(core(upscaler, picture, upscaler.halo()), whole);
            assertThat(most).as(told.toString()).isLessThanOrEqualTo(1);
        }
    }

    /** The middle of the picture, seen with so much around it. */
    private static byte[] core(Upscaler upscaler, byte[] picture, int halo) {
        int side = CORE + 2 * halo;
        int all = CORE + 2 * FARTHEST;
        byte[] seen = new byte[3 * side * side];
        for (int y = 0; y < side; y++)
            System.arraycopy(
                    picture, 3 * ((y + FARTHEST - halo) * all + FARTHEST - halo), seen, 3 * y * side, 3 * side);
        byte[] large = upscaler.upscale(side, side, seen);
        int scale = upscaler.scale();
        byte[] core = new byte[3 * CORE * scale * CORE * scale];
        for (int y = 0; y < CORE * scale; y++)
            System.arraycopy(
                    large,
                    3 * ((y + halo * scale) * side * scale + halo * scale),
                    core,
                    3 * y * CORE * scale,
                    3 * CORE * scale);
        return core;
    }

    /** Edges, waves and grain. */
    private static byte[] picture(int side) {
        Random random = new Random(1);
        byte[] picture = new byte[3 * side * side];
        for (int i = 0; i < picture.length; i++) {
            int x = i / 3 % side;
            int y = i / 3 / side;
            double edge = (x / 23 + y / 31) % 2 == 0 ? 40 : -40;
            picture[i] = (byte) (int) (128 + edge + 30 * Math.sin(x * y / 400.0 + i % 3) + random.nextInt(17) - 8);
        }
        return picture;
    }

    private static int most(byte[] one, byte[] other) {
        int most = 0;
        for (int i = 0; i < one.length; i++) most = Math.max(most, Math.abs((one[i] & 0xFF) - (other[i] & 0xFF)));
        return most;
    }

    private static String difference(byte[] one, byte[] other) {
        int differing = 0;
        for (int i = 0; i < one.length; i++) if (one[i] != other[i]) differing++;
        return "%d levels at most, %.3f %% of samples differ"
                .formatted(most(one, other), 100.0 * differing / one.length);
    }
}
