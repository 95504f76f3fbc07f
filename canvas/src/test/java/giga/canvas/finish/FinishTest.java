package giga.canvas.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.PixelsInMemory;
import giga.canvas.Region;
import giga.canvas.finish.Finish.Step;
import giga.canvas.finish.Sharpening.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FinishTest {
    private static final Picture FILE = PixelsInMemory.noise(40, 23, 5);

    @Property(tries = 150)
    void anyRegionHasTheBytesItHasInTheWhole(
            @ForAll @IntRange(min = 1, max = 700) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll Method method,
            @ForAll long seed) {
        Random random = new Random(seed);
        Pixels source = PixelsInMemory.noise(width, height, seed);
        List<Step> order = new ArrayList<>(Finish.USUAL_ORDER);
        Collections.shuffle(order, random);
        double radius = 0.3 + 2 * random.nextDouble();
        Finish finish = new Finish(
                order,
                new Sharpening(1.5, method, radius, random.nextInt(4)),
                new Grain(9, 0.5 + 3 * random.nextDouble(), seed),
                texture(random),
                new Tone(5, -12, 0.3));
        Picture finished = finish.of(source, _ -> FILE);
        Pixels whole = finished.read(source.bounds());
        for (int i = 0; i < 3; i++) {
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            Region region = new Region(x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(height - y));
            assertThat(finished.read(region).rgb()).isEqualTo(whole.read(region).rgb());
        }
    }

    @Test
    void stripsAndTilesMeetWithoutATrace() {
        Pixels source = PixelsInMemory.noise(4700, 1300, 9);
        Finish finish = new Finish(
                Finish.USUAL_ORDER,
                new Sharpening(2, Method.GUARDED, 2.5, 0),
                new Grain(5, 3, 1),
                new Texture("linen", 0.5, Blend.OVERLAY, Texture.Fit.TILE, 1, Tone.NEUTRAL),
                Tone.NEUTRAL);
        Picture finished = finish.of(source, _ -> FILE);
        Pixels whole = finished.read(source.bounds());
        for (int x = 0; x < source.width(); x += 937)
            for (int y = 0; y < source.height(); y += 411) {
                Region part = new Region(x, y, 937, 411).intersection(source.bounds());
                assertThat(finished.read(part).rgb()).isEqualTo(whole.read(part).rgb());
            }
    }

    @Test
    void nothingToDoLeavesThePictureAlone() {
        Pixels source = PixelsInMemory.noise(40, 30, 1);
        Finish finish = new Finish(Finish.USUAL_ORDER, Sharpening.NONE, Grain.NONE, Texture.NONE, Tone.NEUTRAL);
        assertThat(finish.of(source, _ -> FILE)).isSameAs(source);
    }

    @Test
    void aStepIsNamedOnce() {
        assertThatThrownBy(() -> new Finish(
                        List.of(Step.GRAIN, Step.TONE, Step.GRAIN),
                        Sharpening.NONE,
                        Grain.NONE,
                        Texture.NONE,
                        Tone.NEUTRAL))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("once");
    }

    private static Texture texture(Random random) {
        boolean stretched = random.nextInt(3) == 0;
        return new Texture(
                "pom.xml",
                0.7,
                Blend.values()[random.nextInt(Blend.values().length)],
                stretched ? Texture.Fit.STRETCH : Texture.Fit.TILE,
                stretched ? 1 : 0.5 + random.nextDouble(),
                new Tone(0, 20, 0));
    }
}
