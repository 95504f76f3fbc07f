package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Region;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TargetSizeTest {
    private static final Region PORTRAIT = new Region(0, 0, 1024, 1408);
    private static final Region LANDSCAPE = new Region(0, 0, 1408, 1024);

    @Test
    void sizesArePixelsPaperOrNames() {
        assertThat(TargetSize.parse("8192 x 10240 px")).isEqualTo(new TargetSize(8192, 10240, 0));
        assertThat(TargetSize.parse("17x22in@500ppi")).isEqualTo(new TargetSize(8500, 11000, 500));
        assertThat(TargetSize.parse("A4 @ 300 DPI")).isEqualTo(new TargetSize(2480, 3508, 300));
        assertThat(TargetSize.parse("painting")).isEqualTo(new TargetSize(32768, 40960, 0));
        TargetSize wall = TargetSize.parse("wall");
        assertThat(wall.height() / wall.dpi()).as("inches").isEqualTo(96);
    }

    @Test
    void aPictureKeepsItsShapeAndLiesOrStands() {
        TargetSize paper = new TargetSize(8500, 11000, 500);
        assertThat(paper.fitted(PORTRAIT)).isEqualTo(new Region(0, 0, 8000, 11000));
        assertThat(paper.fitted(LANDSCAPE)).isEqualTo(new Region(0, 0, 11000, 8000));
        assertThat(TargetSize.parse("sheet").fitted(new Region(0, 0, 512, 640)))
                .isEqualTo(new Region(0, 0, 8192, 10240));
    }

    @Test
    void powersOfTwoNeedNoLastStep() {
        TargetSize poster = TargetSize.parse("poster");
        assertThat(poster.passes(PORTRAIT, 2)).isEqualTo(3);
        assertThat(TargetSize.parse("sheet").passes(new Region(0, 0, 512, 640), 2))
                .isEqualTo(4);
        Request request = TestRequests.of(TestRequests.poster(0), 3, 2);
        assertThat(Requests.fitted(request, PORTRAIT, poster).result()).isEqualTo(Result.PLAIN.at(512));
        assertThat(Requests.fitted(request, PORTRAIT, new TargetSize(8500, 11000, 500))
                        .result())
                .isEqualTo(Result.PLAIN.sized(8000, 11000).at(500));
    }

    @Test
    void whatIsLargeEnoughIsNotEnlarged() {
        assertThatThrownBy(() -> new TargetSize(1024, 1408, 0).passes(PORTRAIT, 2))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("leave out --for");
        assertThatThrownBy(() -> TargetSize.parse("sheet").passes(PORTRAIT, 1)).hasMessageContaining("never comes to");
        assertThatThrownBy(() -> TargetSize.parse("sheet").passes(new Region(0, 0, 2, 2), 1.1))
                .hasMessageContaining("passes of scale 1.1");
    }

    /** The last step never stretches what was drawn by more than a tenth, and no pass is too many. */
    @Property
    void passesComeToTheSizeOrBeyond(
            @ForAll @IntRange(min = 64, max = 4000) int width,
            @ForAll @IntRange(min = 64, max = 4000) int height,
            @ForAll @IntRange(min = 64, max = 50_000) int wide,
            @ForAll @IntRange(min = 64, max = 50_000) int high,
            @ForAll @DoubleRange(min = 1.6, max = 4) double scale) {
        Region picture = new Region(0, 0, width, height);
        TargetSize target = new TargetSize(wide, high, 0);
        Region fitted = target.fitted(picture);
        Assume.that(fitted.width() > width && fitted.height() > height);
        int count = target.passes(picture, scale);
        double factor = (double) fitted.width() / width;
        assertThat(Math.pow(scale, count) * 1.1).isGreaterThanOrEqualTo(factor * 0.999);
        assertThat(Math.pow(scale, count - 1) * 1.1 < factor * 1.001 || count == 1)
                .isTrue();
        assertThat(List.of(wide, high))
                .anySatisfy(side ->
                        assertThat(List.of(fitted.width(), fitted.height())).contains(side));
    }
}
