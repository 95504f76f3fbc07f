package giga.canvas.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.PixelsInMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToneTest {
    /** Reckoned by hand: sRGB 128 is 21.59 % of light, sRGB 64 is 5.13 %. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 77, 77",
        "10, 0, 0, 100, 125.5",
        "0, 50, 0, 100, 61.11",
        "0, -100, 0, 3, 127.5",
        "0, 100, 0, 128, 255",
        "0, 0, 1, 128, 175.56",
        "0, 0, 2, 64, 124.98",
        "0, 0, -1, 128, 92.36",
        "0, 0, 10, 255, 255",
        "-100, 0, 0, 200, 0"
    })
    void levelsBecomeWhatTheFormulasSay(
            double brightness, double contrast, double exposure, double level, double expected) {
        assertThat(new Tone(brightness, contrast, exposure).of(level)).isCloseTo(expected, within(0.05));
    }

    @Test
    void aPictureGetsTheToneOfItsLevels() {
        Pixels source = PixelsInMemory.noise(70, 30, 3);
        Tone tone = new Tone(-4, 22, 0.7);
        Pixels toned = new Finish(Finish.USUAL_ORDER, Sharpening.NONE, Grain.NONE, Texture.NONE, tone)
                .of(source, _ -> source)
                .read(source.bounds());
        for (int i = 0; i < source.rgb().length; i++)
            assertThat((double) (toned.rgb()[i] & 0xFF)).isCloseTo(tone.of(source.rgb()[i] & 0xFF), within(0.51));
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Tone(101, 0, 0))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("brightness 101");
        assertThatThrownBy(() -> new Tone(0, Double.NaN, 0)).hasMessageContaining("contrast NaN");
        assertThatThrownBy(() -> new Tone(0, 0, -11)).hasMessageContaining("exposure -11");
    }
}
