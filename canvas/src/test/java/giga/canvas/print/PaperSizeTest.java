package giga.canvas.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.PictureException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperSizeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8.5x11in        | 8.5    | 11     | 8.5x11in
            8.5 X 11 inches | 8.5    | 11     | 8.5x11in
            210x297mm       | 8.2677 | 11.6929| 210x297mm
            21 × 29.7 cm    | 8.2677 | 11.6929| 21x29.7cm
            24x36in         | 24     | 36     | 24x36in
            8x10ft          | 96     | 120    | 8x10ft
            1m x 70cm       | 39.3701| 27.5591| 1mx70cm
            A4              | 8.2677 | 11.6929| 210x297mm
            a3 landscape    | 16.5354| 11.6929| 420x297mm
            Letter-Landscape| 11     | 8.5    | 11x8.5in
            letter          | 8.5    | 11     | 8.5x11in
            .5x1.in         | 0.5    | 1      | 0.5x1in
            """)
    void isReadAsPeopleWriteIt(String text, double width, double height, String canonical) {
        PaperSize paper = PaperSize.parse(text);
        assertThat(paper.width().inches()).isCloseTo(width, within(1e-4));
        assertThat(paper.height().inches()).isCloseTo(height, within(1e-4));
        assertThat(paper).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "0x11in",
                "8.5x0in",
                "-1x2in",
                "8.5x11",
                "8.5x11furlong",
                "A11",
                "8.5in",
                "NaNx1in",
                "Infinityx1in",
                "1e300x1in",
                "1x2x3in",
                "1.2.3x4in",
                "٣x٤in",
                ".x.in",
                "landscape",
                "99999999999999999999x1in",
                "99999999x1m",
                "0.0000001x1in",
                "8.5x11in landscape portrait"
            })
    void whatIsNoPaperIsRefusedByName(String text) {
        assertThatThrownBy(() -> PaperSize.parse(text))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("Paper '" + text.strip().toLowerCase() + "'");
    }

    @Property
    void whatIsWrittenIsRead(
            @ForAll @DoubleRange(min = 0.1, max = 1000) double width,
            @ForAll @DoubleRange(min = 0.1, max = 1000) double height,
            @ForAll Length.Unit unit) {
        PaperSize paper = new PaperSize(new Length(width, unit), new Length(height, unit));
        assertThat(PaperSize.parse(paper.toString())).isEqualTo(paper);
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        try {
            assertThat(PaperSize.parse(text).width().inches()).isPositive();
        } catch (PictureException e) {
            assertThat(e.getMessage()).startsWith("Paper '");
        }
    }
}
