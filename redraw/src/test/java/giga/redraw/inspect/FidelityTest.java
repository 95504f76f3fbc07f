package giga.redraw.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.PictureException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FidelityTest {
    @Test
    void equalPicturesAreEqual() {
        ComputedPicture picture = ComputedPicture.noise(300, 200, 90);
        Fidelity fidelity = Fidelity.of(picture, picture, rows -> {});
        assertThat(fidelity.meanSquaredError()).isZero();
        assertThat(fidelity.psnr()).isEqualTo(Fidelity.EQUAL);
    }

    @Test
    void pixelsRepeatedAverageToThemselves() {
        ComputedPicture source = ComputedPicture.noise(130, 70, 90);
        ComputedPicture result = new ComputedPicture(
                1040, 560, (x, y, channel) -> source.levels().at(x / 8, y / 8, channel));
        assertThat(Fidelity.of(result, source, rows -> {}).psnr()).isEqualTo(Fidelity.EQUAL);
    }

    @Test
    void anErrorOfTwoLevelsIs42Decibels() {
        ComputedPicture source = ComputedPicture.grey(211, 97, 100);
        ComputedPicture result = ComputedPicture.grey(518, 401, 102);
        Fidelity fidelity = Fidelity.of(result, source, rows -> {});
        assertThat(fidelity.meanSquaredError()).isEqualTo(4);
        assertThat(fidelity.psnr()).isCloseTo(42.110, within(0.001));
        assertThat(fidelity.text()).isEqualTo("fidelity 42.11 dB");
    }

    @Test
    void detailThatAveragesOutCostsNothing() {
        ComputedPicture source = ComputedPicture.grey(64, 64, 120);
        ComputedPicture result = new ComputedPicture(512, 512, (x, y, channel) -> 120 + ((x + y) % 2 == 0 ? 40 : -40));
        assertThat(Fidelity.of(result, source, rows -> {}).psnr()).isEqualTo(Fidelity.EQUAL);
    }

    @Test
    void largePicturesAreReadInBlocks() {
        ComputedPicture source = ComputedPicture.grey(200, 3000, 50);
        List<Integer> rows = new ArrayList<>();
        assertThat(Fidelity.of(ComputedPicture.grey(400, 6000, 50), source, rows::add)
                        .psnr())
                .isEqualTo(100);
        assertThat(rows).endsWith(3000).isSorted().hasSizeGreaterThan(2);
    }

    @Test
    void aSmallerResultIsRefused() {
        assertThatThrownBy(
                        () -> Fidelity.of(ComputedPicture.grey(9, 20, 0), ComputedPicture.grey(10, 20, 0), rows -> {}))
                .isInstanceOf(PictureException.class)
                .hasMessage(
                        "The result (9x20) is smaller than the source (10x20); name the picture that was enlarged first");
    }
}
