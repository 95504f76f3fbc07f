package giga.canvas.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.PictureException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SharpnessTest {
    private static Sharpness sharpness(String paper, String distance) {
        return new Sharpness(PaperSize.parse(paper), Length.parse(distance), Sharpness.EYE);
    }

    @Test
    void aSheetFromAnInchTakesFourDoublings() {
        Sharpness sheet = sharpness("8.5x11in", "1in");
        assertThat(sheet.angle()).isCloseTo(159.39, within(0.01));
        assertThat(sheet.width()).isEqualTo(7390);
        assertThat(sheet.height()).isEqualTo(9564);
        assertThat(Doubling.covering(sheet)).isEqualTo(new Doubling(512, 640, 4));
        assertThat(Doubling.covering(sheet).finalWidth()).isEqualTo(8192);
        assertThat(Doubling.covering(sheet).finalHeight()).isEqualTo(10240);
        assertThat(sheet.dpiOfEachPlace()).isCloseTo(3437.7, within(0.1));
    }

    @Test
    void aTurnedSheetTakesTheSameTurned() {
        Sharpness sheet = sharpness("11x8.5in", "1in");
        assertThat(sheet.width()).isEqualTo(9564);
        assertThat(Doubling.covering(sheet)).isEqualTo(new Doubling(640, 512, 4));
        assertThat(Doubling.covering(1024, 1408, sheet).times()).isEqualTo(4);
    }

    @Test
    void fromFarAwayItIsTheKnownRule() {
        Sharpness poster = sharpness("24x36in", "100ft");
        assertThat(poster.dpi() * 1200).isCloseTo(3437.7, within(1.0));
    }

    @Property
    void aSheetOfTheDpiNeededIsSharpFromTheDistance(
            @ForAll @DoubleRange(min = 0.5, max = 500) double width,
            @ForAll @DoubleRange(min = 0.5, max = 500) double height,
            @ForAll @DoubleRange(min = 0.5, max = 5000) double distance) {
        PaperSize paper = new PaperSize(Length.inches(width), Length.inches(height));
        Sharpness sharpness = new Sharpness(paper, Length.inches(distance), Sharpness.EYE);
        assertThat(Sharpness.sharpFrom(paper, sharpness.dpi(), Sharpness.EYE))
                .isCloseTo(distance, within(1e-6 * distance));
        Doubling doubling = Doubling.covering(sharpness);
        assertThat(doubling.finalWidth()).isGreaterThanOrEqualTo(sharpness.width());
        assertThat(doubling.finalHeight()).isGreaterThanOrEqualTo(sharpness.height());
        if (doubling.times() > 0)
            assertThat(doubling.finalWidth() / 2 >= sharpness.width()
                            && doubling.finalHeight() / 2 >= sharpness.height())
                    .isFalse();
    }

    @Test
    void moreThanTheAngleOfAHalfCircleIsSharpFromAnywhere() {
        assertThat(Sharpness.sharpFrom(PaperSize.parse("8.5x11in"), 1200, Sharpness.EYE))
                .isZero();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> sharpness("8.5x11in", "0in"))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("0in");
        assertThatThrownBy(() -> sharpness("8.5x11in", "near")).hasMessageContaining("'near' is no length");
        assertThatThrownBy(() -> sharpness("8.5x11in", "1")).hasMessageContaining("no unit");
        assertThatThrownBy(() -> new Sharpness(PaperSize.parse("A4"), Length.parse("1m"), Double.NaN))
                .isInstanceOf(PictureException.class);
        assertThatThrownBy(() -> Doubling.covering(0, 5, sharpness("8.5x11in", "1in")))
                .isInstanceOf(PictureException.class);
    }
}
