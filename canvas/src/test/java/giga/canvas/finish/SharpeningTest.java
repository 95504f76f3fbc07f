package giga.canvas.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.Pixels;
import giga.canvas.PixelsInMemory;
import giga.canvas.finish.Sharpening.Method;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import org.junit.jupiter.api.Test;

class SharpeningTest {
    @Test
    void unsharpIsWhatPlainSumsGive() {
        Pixels source = Resample.resize(PixelsInMemory.noise(12, 9, 4), 57, 43, Filter.BICUBIC);
        Sharpening sharpening = new Sharpening(1.2, Method.UNSHARP, 1.3, 3);
        Pixels sharpened = SharpeningFigures.sharpened(source, sharpening);
        for (int y = 0; y < source.height(); y++)
            for (int x = 0; x < source.width(); x++) {
                double difference = luma(source, x, y) - blurred(source, x, y, sharpening.radius());
                double beyond = Math.signum(difference) * Math.max(0, Math.abs(difference) - sharpening.threshold());
                for (int c = 0; c < 3; c++) {
                    double expected = Math.clamp(source.sample(x, y, c) + sharpening.amount() * beyond, 0.0, 255.0);
                    assertThat((double) sharpened.sample(x, y, c)).isCloseTo(expected, within(0.56));
                }
            }
    }

    private static double blurred(Pixels source, int x, int y, double sigma) {
        int reach = (int) Math.ceil(3 * sigma);
        double sum = 0;
        double weights = 0;
        for (int v = -reach; v <= reach; v++)
            for (int u = -reach; u <= reach; u++) {
                double weight = Math.exp(-(u * u + v * v) / (2 * sigma * sigma));
                sum += weight
                        * luma(
                                source,
                                Math.clamp(x + u, 0, source.width() - 1),
                                Math.clamp(y + v, 0, source.height() - 1));
                weights += weight;
            }
        return sum / weights;
    }

    private static double luma(Pixels source, int x, int y) {
        return 0.2126 * source.sample(x, y, 0) + 0.7152 * source.sample(x, y, 1) + 0.0722 * source.sample(x, y, 2);
    }

    /** The reason why it is the default. */
    @Test
    void guardedBringsBackAsMuchOfABlurredPictureWithHalfOfTheHalos() {
        Pixels sharp = patches();
        Pixels soft = SharpeningFigures.blurred(sharp, 0.8);
        Pixels unsharp = SharpeningFigures.sharpened(soft, new Sharpening(2, Method.UNSHARP, 1, 0));
        Pixels guarded = SharpeningFigures.sharpened(soft, new Sharpening(2, Method.GUARDED, 1, 0));
        assertThat(SharpeningFigures.psnr(guarded, sharp))
                .isGreaterThan(SharpeningFigures.psnr(soft, sharp) + 1)
                .isGreaterThan(SharpeningFigures.psnr(unsharp, sharp));
        assertThat(SharpeningFigures.halos(guarded, sharp)).isLessThan(0.55 * SharpeningFigures.halos(unsharp, sharp));
    }

    /** Discs and bars of random greys: edges of all directions. */
    private static Pixels patches() {
        Pixels pixels = new Pixels(160, 120);
        for (int y = 0; y < pixels.height(); y++)
            for (int x = 0; x < pixels.width(); x++) {
                int u = x % 40 - 20;
                int v = y % 40 - 20;
                boolean inside = (x / 40 + y / 40) % 2 == 0 ? u * u + v * v < 150 : Math.abs(u + v / 2) < 6;
                int level = inside ? 60 + 31 * (x / 40) : 200 - 27 * (y / 40);
                for (int c = 0; c < 3; c++) pixels.rgb()[3 * (y * pixels.width() + x) + c] = (byte) level;
            }
        return pixels;
    }
}
