package giga.canvas.print;

import static giga.canvas.PixelsInMemory.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.icc.Intent;
import giga.canvas.output.TiffCompression;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SheetPictureTest {
    private static final Pixels NOISE = noise(37, 23, 5);

    private static Print print(String paper, double dpi, Print.Fit fit, String bleed, boolean marks) {
        return new Print(paper, dpi, fit, bleed, marks, "", "", Intent.RELATIVE, false, false, TiffCompression.DEFLATE);
    }

    private static Layout layout(String paper, double dpi, Print.Fit fit, String bleed, boolean marks) {
        return Layout.of(print(paper, dpi, fit, bleed, marks), NOISE.width(), NOISE.height(), 0);
    }

    @Test
    void withoutPaperThePixelsStayAsTheyAre() {
        Layout layout = Layout.of(print("", 0, Print.Fit.FILL, "", false), 37, 23, 150);
        assertThat(layout.dpi()).isEqualTo(150);
        assertThat(new SheetPicture(NOISE, layout)
                        .read(new Region(0, 0, 37, 23))
                        .rgb())
                .isEqualTo(NOISE.rgb());
        assertThat(layout("", 0, Print.Fit.FILL, "", false).dpi()).isEqualTo(300);
    }

    @Test
    void paperWithoutDpiCutsWhatStandsOverOrLeavesWhite() {
        Layout fill = layout("2x1in", 0, Print.Fit.FILL, "", false);
        assertThat(fill.dpi()).isEqualTo(18.5);
        assertThat(fill.trim()).isEqualTo(new Region(0, 0, 37, 19));
        assertThat(fill.scaled()).isEqualTo(new Region(0, -2, 37, 23));
        Layout whole = layout("2x1in", 0, Print.Fit.WHOLE, "", false);
        assertThat(whole.trim()).isEqualTo(new Region(0, 0, 46, 23));
        assertThat(whole.scaled()).isEqualTo(new Region(4, 0, 37, 23));
        Pixels sheet = new SheetPicture(NOISE, whole).read(new Region(0, 0, 46, 23));
        assertThat(sheet.read(new Region(0, 0, 4, 23)).rgb()).containsOnly(-1);
        assertThat(sheet.read(new Region(4, 0, 37, 23)).rgb()).isEqualTo(NOISE.rgb());
    }

    @Test
    void paperIsTurnedAsThePictureLies() {
        assertThat(layout("1x2in", 0, Print.Fit.FILL, "", false))
                .isEqualTo(layout("2x1in", 0, Print.Fit.FILL, "", false));
        assertThat(PaperSize.parse("A4").turnedLike(2, 1)).isEqualTo(PaperSize.parse("A4 landscape"));
        assertThat(PaperSize.parse("A4").turnedLike(1, 1)).isEqualTo(PaperSize.parse("A4"));
    }

    @Test
    void theBleedIsWhatWasCutOffAndThenTheMirrorImage() {
        Layout layout = layout("37x19in", 1, Print.Fit.FILL, "3in", false);
        assertThat(layout.width()).isEqualTo(43);
        Pixels sheet = new SheetPicture(NOISE, layout).read(new Region(0, 0, 43, 25));
        assertThat(sheet.read(new Region(3, 1, 37, 23)).rgb()).isEqualTo(NOISE.rgb());
        for (int i = 0; i < 3; i++) {
            assertThat(sheet.sample(2 - i, 10, 1)).isEqualTo(NOISE.sample(i, 9, 1));
            assertThat(sheet.sample(40 + i, 10, 1)).isEqualTo(NOISE.sample(36 - i, 9, 1));
        }
        assertThat(sheet.sample(20, 0, 2)).isEqualTo(NOISE.sample(17, 0, 2));
    }

    @Test
    void marksLieInTheMarginAlone() {
        Layout layout = layout("2x1.2in", 100, Print.Fit.FILL, "3mm", true);
        Pixels sheet = new SheetPicture(
                        new Pixels(layout.scaled().width(), layout.scaled().height()), layout)
                .read(new Region(0, 0, layout.width(), layout.height()));
        Region trim = layout.trim();
        assertThat(sheet.sample(trim.x(), 3, 0)).isZero();
        assertThat(sheet.sample(3, trim.bottom(), 0)).isZero();
        assertThat(sheet.sample(trim.x() + 5, 3, 0)).isEqualTo(255);
        int black = 0;
        for (int y = 0; y < sheet.height(); y++)
            for (int x = 0; x < sheet.width(); x++) if (sheet.sample(x, y, 0) == 0) black++;
        assertThat(black)
                .isBetween(
                        (int) layout.filled().area() + 8 * 19,
                        (int) layout.filled().area() + 8 * 20);
        assertThat(layout.page().marks()).hasSize(8);
        assertThat(layout.page().trim().width()).isEqualTo(144);
    }

    @Property(tries = 300)
    void aRegionHasThePixelsItHasInTheWhole(
            @ForAll boolean marks,
            @ForAll Print.Fit fit,
            @ForAll @IntRange(min = 0, max = 40) int bleed,
            @ForAll @IntRange(min = 1, max = 60) int across,
            @ForAll @IntRange(min = 1, max = 60) int down,
            @ForAll Random random) {
        Layout layout = layout(across + "x" + down + "mm", 25.4, fit, bleed + "mm", marks);
        if (fit == Print.Fit.FILL)
            assertThat(layout.filled().contains(layout.trim())).isTrue();
        Pixels picture = noise(layout.scaled().width(), layout.scaled().height(), 5);
        SheetPicture sheet = new SheetPicture(picture, layout);
        Pixels whole = sheet.read(sheet.bounds());
        int x = random.nextInt(sheet.width());
        int y = random.nextInt(sheet.height());
        Region part = new Region(x, y, 1 + random.nextInt(sheet.width() - x), 1 + random.nextInt(sheet.height() - y));
        assertThat(sheet.read(part).rgb()).isEqualTo(whole.read(part).rgb());
        assertThat(new Strips(sheet, UnaryOperator.identity()).read(part).rgb())
                .isEqualTo(whole.read(part).rgb());
    }

    @Test
    void stripsOfALargePictureMakeTheWhole() {
        Pixels large = noise(4500, 700, 5);
        Pixels inverted = new Strips(large, rgb -> {
                    byte[] out = new byte[rgb.length];
                    for (int i = 0; i < rgb.length; i++) out[i] = (byte) ~rgb[i];
                    return out;
                })
                .read(new Region(3, 5, 4490, 690));
        Pixels expected = large.read(new Region(3, 5, 4490, 690));
        for (int i = 0; i < expected.rgb().length; i++) expected.rgb()[i] = (byte) ~expected.rgb()[i];
        assertThat(inverted.rgb()).isEqualTo(expected.rgb());
    }

    @Test
    void whatCannotBePrintedIsRefused() {
        assertThatThrownBy(() -> print("8.5xin", 0, Print.Fit.FILL, "", false)).isInstanceOf(PictureException.class);
        assertThatThrownBy(() -> print("", Double.NaN, Print.Fit.FILL, "", false))
                .hasMessageContaining("NaN dpi");
        assertThatThrownBy(() -> print("", 300, Print.Fit.FILL, "-3mm", false)).hasMessageContaining("Bleed '-3mm'");
        assertThatThrownBy(() -> print("", 300, Print.Fit.FILL, "1m", false)).hasMessageContaining("10in at most");
        assertThatThrownBy(() -> layout("100x100m", 300, Print.Fit.FILL, "", false))
                .hasMessageContaining("pixels a side");
        assertThatThrownBy(() -> layout("100x0.1m", 0, Print.Fit.FILL, "", false))
                .hasMessageContaining("give --dpi");
        assertThatThrownBy(() -> Layout.of(print("1x1in", 600_00, Print.Fit.FILL, "", false), 1000, 1, 0))
                .hasMessageContaining("--fit whole");
    }
}
