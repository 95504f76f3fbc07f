package giga.canvas.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrainTest {
    private static final int SIDE = 700;

    @ParameterizedTest
    @CsvSource({"4, 1", "4, 1.5", "12, 3", "8, 0.5", "10, 8"})
    void itHasTheAmountAndTheSizeAskedForAndNoMean(double amount, double size) {
        double[] grain = grain(128, new Grain(amount, size, 7));
        assertThat(mean(grain)).isCloseTo(0, within(0.01 + amount * size / SIDE * 3));
        double deviation = Math.sqrt(covariance(grain, 0, 0));
        assertThat(deviation).isCloseTo(amount, within(0.03 * amount + 0.1));
        // Of a Gaussian, convolved with itself: the covariance falls to half where the grain's width times √2 ends.
        int apart = (int) Math.round(size / Math.sqrt(2));
        if (size >= 3) {
            double expected = Math.pow(2, -Math.pow(apart / (size / Math.sqrt(2)), 2));
            assertThat(covariance(grain, apart, 0) / covariance(grain, 0, 0)).isCloseTo(expected, within(0.06));
            assertThat(covariance(grain, 0, apart) / covariance(grain, 0, 0)).isCloseTo(expected, within(0.06));
        }
        for (int far : new int[] {37, 64, 128, 256}) {
            assertThat(covariance(grain, far, 0) / covariance(grain, 0, 0)).isCloseTo(0, within(0.02 * size + 0.01));
            assertThat(covariance(grain, 0, far) / covariance(grain, 0, 0)).isCloseTo(0, within(0.02 * size + 0.01));
        }
    }

    @ParameterizedTest
    @CsvSource({"128, 1", "64, 0.868", "32, 0.663", "224, 0.652", "0, 0", "255, 0"})
    void itIsStrongestInTheMiddleAndNoneInBlackAndWhite(int level, double share) {
        double[] grain = grain(level, new Grain(6, 1.5, 3));
        assertThat(Math.sqrt(covariance(grain, 0, 0))).isCloseTo(6 * share, within(0.25));
    }

    @Test
    void itBelongsToPlacesAndToItsSeed() {
        Pixels grey = grey(128);
        Finish finish = finish(new Grain(5, 2, 11));
        byte[] whole = finish.of(grey, _ -> grey).read(grey.bounds()).rgb();
        assertThat(finish.of(grey, _ -> grey).read(grey.bounds()).rgb()).isEqualTo(whole);
        Pixels smaller = grey.read(new Region(0, 0, 300, 200));
        assertThat(finish.of(smaller, _ -> grey).read(smaller.bounds()).rgb())
                .isEqualTo(new Pixels(SIDE, SIDE, whole).read(smaller.bounds()).rgb());

        double[] one = grain(128, new Grain(5, 2, 11));
        double[] other = grain(128, new Grain(5, 2, 12));
        double product = 0;
        for (int i = 0; i < one.length; i++) product += one[i] * other[i];
        assertThat(product / one.length / 25).isCloseTo(0, within(0.02));
    }

    /** What it adds to a grey picture, row by row. */
    private static double[] grain(int level, Grain grain) {
        Pixels grey = grey(level);
        Pixels grained = finish(grain).of(grey, _ -> grey).read(grey.bounds());
        double[] added = new double[SIDE * SIDE];
        for (int i = 0; i < added.length; i++) added[i] = (grained.rgb()[3 * i] & 0xFF) - level;
        return added;
    }

    private static Finish finish(Grain grain) {
        return new Finish(Finish.USUAL_ORDER, Sharpening.NONE, grain, Texture.NONE, Tone.NEUTRAL);
    }

    private static Pixels grey(int level) {
        Pixels grey = new Pixels(SIDE, SIDE);
        Arrays.fill(grey.rgb(), (byte) level);
        return grey;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double covariance(double[] values, int right, int down) {
        double sum = 0;
        for (int y = 0; y < SIDE - down; y++)
            for (int x = 0; x < SIDE - right; x++) sum += values[y * SIDE + x] * values[(y + down) * SIDE + x + right];
        return sum / ((SIDE - right) * (SIDE - down));
    }
}
