package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.Planes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneLockTest {
    /** Golden values were computed in double. */
    @ParameterizedTest
    @ValueSource(ints = {6, 16, 64})
    void equalsTheReference(int radius) throws IOException {
        Planes locked = new ToneLock(radius).apply(picture("generated.png"), picture("source.png"));
        float[] expected = new float[locked.values().length];
        try (InputStream in = open("lock.r" + radius + ".f32")) {
            ByteBuffer.wrap(in.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(expected);
        }
        assertThat(locked.values()).containsExactly(expected, within(1e-5f));
    }

    @Test
    void radiusZeroLocksNothing() throws IOException {
        Planes generated = picture("generated.png");
        assertThat(new ToneLock(0).apply(generated, picture("source.png")).values())
                .isEqualTo(generated.values());
    }

    @Property(tries = 50)
    void aShiftOfToneIsUndoneAtAnySize(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 64) int radius) {
        Planes source = new Planes(2, 3, height, width);
        Planes generated = new Planes(2, 3, height, width);
        for (int i = 0; i < source.values().length; i++) {
            source.values()[i] = (i * 37 % 101) / 101f;
            generated.values()[i] = source.values()[i] + 0.2f * (1 + i / (height * width));
        }
        assertThat(new ToneLock(radius).apply(generated, source).values())
                .containsExactly(source.values(), within(1e-5f));
    }

    private static Planes picture(String name) throws IOException {
        BufferedImage image;
        try (InputStream in = open(name)) {
            image = ImageIO.read(in);
        }
        Planes planes = new Planes(1, 3, image.getHeight(), image.getWidth());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                for (int c = 0; c < 3; c++) {
                    int sample = image.getRGB(x, y) >> (16 - 8 * c) & 0xFF;
                    planes.values()[(c * image.getHeight() + y) * image.getWidth() + x] = sample / 255f;
                }
            }
        }
        return planes;
    }

    private static InputStream open(String name) {
        return ToneLockTest.class.getResourceAsStream("/color/" + name);
    }
}
