package giga.diffusion.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.Planes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PositionNoiseTest {
    private static final float[] SIGMAS = {14.6f, 9, 5.5f, 2, 0.7f, 0.03f};

    /** Also with two tiles of different size, far out in the picture, at draws and on Brownian paths. */
    @Property(tries = 300)
    void tilesAgreeWhereTheyOverlap(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 65535) int pass,
            @ForAll @IntRange(min = -100, max = 2147483000) int x,
            @ForAll @IntRange(min = -100, max = 2147483000) int y,
            @ForAll @IntRange(max = 5) int dx,
            @ForAll @IntRange(max = 5) int dy,
            @ForAll @IntRange(min = 1, max = 9) int channels,
            @ForAll @IntRange(max = Integer.MAX_VALUE) int number) {
        PositionNoise one = new PositionNoise(seed, pass, x, y, channels, 6, 7);
        PositionNoise other = new PositionNoise(seed, pass, x + dx, y + dy, channels, 8, 6);
        assertOverlap(one.draw(number), other.draw(number), dx, dy);
        assertOverlap(
                one.brownian(SIGMAS).between(9, 0.7f), other.brownian(SIGMAS).between(9, 0.7f), dx, dy);
    }

    private static void assertOverlap(Planes one, Planes other, int dx, int dy) {
        for (int channel = 0; channel < one.channels(); channel++)
            for (int row = dy; row < one.height(); row++)
                for (int column = dx; column < Math.min(one.width(), dx + other.width()); column++)
                    assertThat(at(other, channel, row - dy, column - dx)).isEqualTo(at(one, channel, row, column));
    }

    private static float at(Planes planes, int channel, int row, int column) {
        return planes.values()[(channel * planes.height() + row) * planes.width() + column];
    }

    /** Fewer channels are the first of more. */
    @Property(tries = 50)
    void channelsDoNotDependOnHowManyThereAre(@ForAll @IntRange(min = 1, max = 9) int channels) {
        Planes all = new PositionNoise(3, 1, 2, 3, 10, 4, 5).draw(6);
        Planes some = new PositionNoise(3, 1, 2, 3, channels, 4, 5).draw(6);
        assertThat(all.values()).startsWith(some.values());
    }

    /** Nothing but equal questions has equal answers: each field reaches the counter by itself. */
    @Property(tries = 200)
    void anyOtherQuestionHasAnotherAnswer(
            @ForAll @Size(min = 2, max = 30) Set<@IntRange(max = 65535) Integer> passes,
            @ForAll @Size(min = 2, max = 30) Set<@IntRange(max = Integer.MAX_VALUE) Integer> numbers,
            @ForAll @Size(min = 2, max = 30) Set<Long> seeds,
            @ForAll @Size(min = 2, max = 30) Set<@IntRange(min = -5, max = Integer.MAX_VALUE) Integer> places) {
        Set<List<Float>> answers = new HashSet<>();
        for (int pass : passes) answers.add(answer(new PositionNoise(1, pass, 5, 6, 4, 1, 1).draw(0)));
        for (int number : numbers) {
            answers.add(answer(new PositionNoise(2, 0, 5, 6, 4, 1, 1).draw(number)));
        }
        for (long seed : seeds) answers.add(answer(new PositionNoise(seed, 7, 5, 6, 4, 1, 1).draw(1)));
        for (int place : places) {
            answers.add(answer(new PositionNoise(3, 0, place, -7, 4, 1, 1).draw(0)));
            answers.add(answer(new PositionNoise(4, 0, -7, place, 4, 1, 1).draw(0)));
        }
        assertThat(answers).hasSize(passes.size() + numbers.size() + seeds.size() + 2 * places.size());
    }

    private static List<Float> answer(Planes planes) {
        assertThat(planes.values()).hasSize(4);
        return List.of(planes.values()[0], planes.values()[1], planes.values()[2], planes.values()[3]);
    }

    @Test
    void valuesAreStandardNormal() {
        float[] values = new PositionNoise(20, 0, 0, 0, 4, 512, 512).draw(0).values();
        assertStandardNormal(values);
        double beyond3 = 0;
        float largest = 0;
        for (float value : values) {
            if (Math.abs(value) > 3) beyond3++;
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(beyond3 / values.length).isCloseTo(0.0026998, within(0.0002));
        assertThat(largest).isBetween(4.5f, 6.8f);
    }

    @Test
    void neighboursChannelsDrawsPassesSeedsAndPathsAreUncorrelated() {
        PositionNoise noise = new PositionNoise(5, 3, 1000, 1000, 4, 256, 256);
        Planes base = noise.draw(1);
        for (Planes other : List.of(
                noise.draw(0),
                noise.draw(2),
                noise.brownian(SIGMAS).between(9, 5.5f),
                new PositionNoise(5, 2, 1000, 1000, 4, 256, 256).draw(1),
                new PositionNoise(5 + (1L << 32), 3, 1000, 1000, 4, 256, 256).draw(1),
                new PositionNoise(4, 3, 1000, 1000, 4, 256, 256).draw(1),
                new PositionNoise(5, 3, 1001, 1000, 4, 256, 256).draw(1),
                new PositionNoise(5, 3, 1000, 1001, 4, 256, 256).draw(1)))
            assertThat(correlation(base.values(), 0, other.values(), 0, base.values().length))
                    .isCloseTo(0, within(0.01));
        int plane = 256 * 256;
        for (int a = 0; a < 4; a++)
            for (int b = 0; b < a; b++)
                assertThat(correlation(base.values(), a * plane, base.values(), b * plane, plane))
                        .isCloseTo(0, within(0.02));
    }

    @Test
    void incrementsAddUp() {
        PositionNoise noise = new PositionNoise(9, 0, 0, 0, 4, 128, 128);
        NoiseSource.Brownian path = noise.brownian(SIGMAS);
        float[] whole = path.between(14.6f, 0.03f).values();
        assertStandardNormal(whole);
        float[] upper = path.between(14.6f, 5.5f).values();
        float[] lower = path.between(5.5f, 0.03f).values();
        // W(14.6) - W(0.03) is the sum of what it is made of.
        for (int i = 0; i < whole.length; i++)
            assertThat(whole[i] * Math.sqrt(14.57))
                    .isCloseTo(upper[i] * Math.sqrt(9.1) + lower[i] * Math.sqrt(5.47), within(1e-5));
        assertThat(correlation(upper, 0, lower, 0, upper.length)).isCloseTo(0, within(0.02));
        assertThat(correlation(whole, 0, upper, 0, upper.length)).isCloseTo(Math.sqrt(9.1 / 14.57), within(0.02));
        assertThatThrownBy(() -> path.between(8, 5.5f)).hasMessageContaining("8.0");
        assertThatThrownBy(() -> path.between(5.5f, 5.5f)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> noise.brownian(new float[] {2, 2})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> noise.brownian(new float[] {2, 0})).isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * Computed by another implementation of the class' comment. If this changes, every picture changes: a job could not
     * be resumed after an update.
     */
    @Test
    void valuesStayForEver() {
        PositionNoise noise = new PositionNoise(42, 1, 5119, 7, 4, 1, 2);
        assertThat(noise.draw(0).values())
                .containsExactly(
                        0.05845368f,
                        0.43612823f,
                        -0.7927547f,
                        -0.07969667f,
                        -0.060941093f,
                        0.10220141f,
                        -0.8735437f,
                        -0.26110467f);
        assertThat(noise.brownian(SIGMAS).between(14.6f, 9).values())
                .containsExactly(
                        1.2981942f,
                        0.40916324f,
                        -1.5922894f,
                        -0.5546171f,
                        -1.8557327f,
                        0.32454702f,
                        0.3195475f,
                        1.0742137f);
    }

    @Test
    void limitsAreChecked() {
        for (Runnable beyond : List.<Runnable>of(
                () -> new PositionNoise(0, 65536, 0, 0, 4, 1, 1),
                () -> new PositionNoise(0, -1, 0, 0, 4, 1, 1),
                () -> new PositionNoise(0, 0, Integer.MAX_VALUE, 0, 4, 1, 2),
                () -> new PositionNoise(0, 0, 0, Integer.MAX_VALUE, 4, 2, 1),
                () -> new PositionNoise(0, 0, 0, 0, 262145, 1, 1),
                () -> new PositionNoise(0, 0, 0, 0, 4, 0, 1),
                () -> new PositionNoise(0, 0, 0, 0, 4, 1, 1).draw(-1)))
            assertThatThrownBy(beyond::run).isInstanceOf(IllegalArgumentException.class);
        new PositionNoise(0, 65535, Integer.MAX_VALUE, Integer.MIN_VALUE, 4, 1, 1).draw(Integer.MAX_VALUE);
    }

    private static void assertStandardNormal(float[] values) {
        double mean = 0;
        for (float value : values) mean += value / values.length;
        double second = 0;
        double third = 0;
        double fourth = 0;
        for (float value : values) {
            double d = value - mean;
            second += d * d / values.length;
            third += d * d * d / values.length;
            fourth += d * d * d * d / values.length;
        }
        // Five standard errors each.
        double error = 5 / Math.sqrt(values.length);
        assertThat(mean).isCloseTo(0, within(error));
        assertThat(second).isCloseTo(1, within(error * Math.sqrt(2)));
        assertThat(third).isCloseTo(0, within(error * Math.sqrt(15)));
        assertThat(fourth).isCloseTo(3, within(error * Math.sqrt(96)));
    }

    private static double correlation(float[] a, int fromA, float[] b, int fromB, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += a[fromA + i] * b[fromB + i];
        return sum / count;
    }
}
