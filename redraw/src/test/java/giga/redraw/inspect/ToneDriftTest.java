package giga.redraw.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ToneDriftTest {
    @Test
    void repeatedPixelsKeepTheirTone() {
        ComputedPicture source = ComputedPicture.noise(333, 217, 60);
        ComputedPicture result =
                new ComputedPicture(999, 651, (x, y, channel) -> source.levels().at(x / 3, y / 3, channel));
        ToneDrift drift = ToneDrift.of(result, source, rows -> {});
        assertThat(drift.regions()).hasSize(12);
        assertThat(drift.mean()).isLessThan(1e-9);
    }

    @Test
    void lanczosKeepsToneWhateverTheScale() {
        ComputedPicture source = ComputedPicture.noise(300, 211, 60);
        ToneDrift drift = ToneDrift.of(Resample.resized(source, 1113, 700, Filter.LANCZOS), source, rows -> {});
        assertThat(drift.worst().getFirst().most()).isLessThan(1);
    }

    @Test
    void aRegionThatMovedIsFoundWithSignAndChannel() {
        ComputedPicture source = ComputedPicture.grey(512, 512, 100);
        ComputedPicture result = ComputedPicture.grey(1024, 1024, 100)
                .plus((x, y, channel) -> channel == 2 && x >= 512 && x < 768 && y < 256 ? -20 : 0);
        List<Integer> rows = new ArrayList<>();
        ToneDrift drift = ToneDrift.of(result, source, rows::add);
        ToneDrift.Drift worst = drift.worst().getFirst();
        assertThat(worst.where()).isEqualTo(new Region(512, 0, 256, 256));
        assertThat(worst.blue()).isCloseTo(-20, within(1e-9));
        assertThat(worst.grey()).isCloseTo(-20 * 0.114, within(1e-9));
        assertThat(drift.meanBlue()).isCloseTo(20 / 16.0, within(1e-9));
        assertThat(drift.meanRed()).isZero();
        assertThat(drift.text())
                .isEqualTo(
                        "tone drift 0.14 levels mean (red 0.00, green 0.00, blue 1.25), worst -2.28 at 256x256+512+0");
        assertThat(rows).containsExactly(256, 512, 768, 1024);
    }

    @Test
    void aSmallerResultIsRefused() {
        assertThatThrownBy(
                        () -> ToneDrift.of(ComputedPicture.grey(9, 9, 0), ComputedPicture.grey(10, 9, 0), rows -> {}))
                .isInstanceOf(PictureException.class);
    }

    @Property(tries = 300)
    void cellsPartitionAnyPictureAndAreFew(
            @ForAll @IntRange(min = 1, max = 300_000) int width, @ForAll @IntRange(min = 1, max = 300_000) int height) {
        Region bounds = new Region(0, 0, width, height);
        Cells cells = Cells.of(bounds, 256);
        assertThat(Math.max(cells.columns(), cells.rows())).isLessThanOrEqualTo(256);
        int x = 0;
        for (Region region : cells.ofRow(cells.rows() - 1, 0, cells.columns())) {
            assertThat(region.x()).isEqualTo(x);
            assertThat(region.bottom()).isEqualTo(height);
            x = region.right();
        }
        assertThat(x).isEqualTo(width);
    }
}
