package giga.redraw.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.Picture;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import org.junit.jupiter.api.Test;

class DetailTest {
    private final ComputedPicture source = ComputedPicture.noise(200, 150, 60);

    @Test
    void whiteNoiseHasItsVarianceAtEveryFrequency() {
        double[] luma = new double[256 * 256];
        for (int i = 0; i < luma.length; i++) luma[i] = 100 + 30 * ComputedPicture.uniform(i % 256, i / 256, 0);
        assertThat(new Spectrum(256).topOctave(luma)).isCloseTo(30 * 30 / 3.0, within(6.0));
    }

    @Test
    void onlyTheTopOctaveCounts() {
        assertThat(wave(0.4)).isGreaterThan(1);
        assertThat(wave(0.2)).isLessThan(1e-3);
        assertThat(wave(0.05)).isLessThan(1e-3);
    }

    /** A wave along a diagonal, with the given cycles per pixel. */
    private static double wave(double frequency) {
        double[] luma = new double[128 * 128];
        for (int i = 0; i < luma.length; i++)
            luma[i] = 50 * Math.sin(2 * Math.PI * frequency * (i % 128 + i / 128) / Math.sqrt(2));
        return new Spectrum(128).topOctave(luma);
    }

    @Test
    void lanczosAgainstItselfIsOne() {
        Picture enlarged = Resample.resized(source, 817, 640, Filter.LANCZOS);
        Detail detail = Detail.of(enlarged, source);
        assertThat(detail.ratio()).isEqualTo(1);
        assertThat(detail.blocks()).isEqualTo(6);
    }

    @Test
    void flatAreasAreOne() {
        assertThat(Detail.of(ComputedPicture.grey(512, 512, 9), ComputedPicture.grey(64, 64, 9))
                        .ratio())
                .isEqualTo(1);
    }

    @Test
    void grainIsDetailAndBlurIsNot() {
        ComputedPicture smooth = ComputedPicture.grey(128, 128, 90);
        Detail grain = Detail.of(ComputedPicture.noise(1024, 1024, 12), smooth);
        // Luma of three independent channels, each of variance 12^2 / 3 and rounded, over rounding alone.
        assertThat(grain.ratio()).isCloseTo((12 * 12 / 3.0 + 1 / 12.0) / (1 / 12.0) + 1, within(30.0));
        Detail blur = Detail.of(ComputedPicture.grey(200, 150, 90), source);
        assertThat(blur.ratio()).isLessThan(0.001);
        assertThat(blur.text()).isEqualTo("detail 0.00 x Lanczos");
    }

    @Test
    void tinyPicturesHaveNoBlocks() {
        assertThat(Detail.of(ComputedPicture.grey(7, 500, 9), ComputedPicture.grey(7, 500, 9)))
                .isEqualTo(new Detail(0, 0, 0));
    }
}
