package giga.redraw.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.PictureException;
import giga.canvas.Region;
import java.util.Comparator;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
    @ParameterizedTest
    @ValueSource(strings = {"soft", "fine"})
    void agreesWithTheReference(String other) {
        Comparison comparison = Comparison.of(Reference.picture("sharp"), Reference.picture(other), rows -> {});
        assertThat(comparison.psnr()).isCloseTo(Reference.measure("sharp-" + other, "psnr_db"), within(1e-9));
        assertThat(comparison.ssim().orElseThrow())
                .isCloseTo(Reference.measure("sharp-" + other, "ssim"), within(1e-9));
    }

    @Property(tries = 60)
    void anyPictureEqualsItself(
            @ForAll @IntRange(min = 1, max = 700) int width, @ForAll @IntRange(min = 1, max = 80) int height) {
        ComputedPicture picture = ComputedPicture.noise(width, height, 60);
        Comparison comparison = Comparison.of(picture, picture, rows -> {});
        assertThat(comparison.psnr()).isEqualTo(Fidelity.EQUAL);
        if (width < 11 || height < 11) assertThat(comparison.ssim()).isEqualTo(OptionalDouble.empty());
        else assertThat(comparison.ssim().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(comparison.differences().stream()
                        .mapToLong(difference -> difference.where().area())
                        .sum())
                .isEqualTo((long) width * height);
    }

    @Test
    void theMapShowsWhereTheyDiffer() {
        ComputedPicture one = ComputedPicture.noise(640, 320, 60);
        ComputedPicture other = one.plus((x, y, channel) -> x / 64 == 3 && y / 64 == 2 ? 9 : 0);
        Comparison comparison = Comparison.of(one, other, rows -> {});
        Comparison.Difference most = comparison.differences().stream()
                .max(Comparator.comparingDouble(Comparison.Difference::levels))
                .orElseThrow();
        assertThat(most.where()).isEqualTo(new Region(192, 128, 64, 64));
        assertThat(most.levels()).isEqualTo(9);
        assertThat(comparison.text()).startsWith("PSNR 46.04 dB, SSIM 0.9");
    }

    @Test
    void otherSizesAreRefused() {
        assertThatThrownBy(() ->
                        Comparison.of(ComputedPicture.grey(20, 30, 1), ComputedPicture.grey(30, 20, 1), rows -> {}))
                .isInstanceOf(PictureException.class)
                .hasMessage("The pictures have 20x30 and 30x20 pixels: only pictures of one size can be compared");
    }
}
