package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;

import giga.redraw.Axis.Slot;
import giga.redraw.Axis.Span;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    /** The predecessors' counts are those of their borders every tile; ours spreads what its padding reaches. */
    @ParameterizedTest
    @CsvSource({
        "EVEN, 768, 128,  2048,  2816, 3,  4",
        "EVEN, 768, 128,  4096,  5632, 6,  8",
        "EVEN, 768, 128,  8192, 11264, 11, 15",
        "GIGA, 768, 128,  2048,  2816, 3,  4",
        "GIGA, 768, 128,  4096,  5632, 6,  8",
        "GIGA, 768, 128,  8192, 11264, 11, 15",
        "GIGA, 512, 128,  8192, 10240, 16, 20",
        "GIGA, 512, 128, 32768, 40960, 64, 80",
        "USDU, 512,  64,  8192, 10240, 16, 20",
        "USDU, 512,  64,  2049,   100, 5,  1"
    })
    void tilesAreCountedAsThePredecessorsCountThem(
            Layout layout, int tile, int padding, int width, int height, int columns, int rows) {
        Grid grid = Grid.of(width, height, tiling(layout, tile, padding, 0));
        assertThat(grid.columns().count()).isEqualTo(columns);
        assertThat(grid.rows().count()).isEqualTo(rows);
    }

    /** Rows of the table in the specification: first, middle and last index. */
    @Property
    void gigadiffusionsCropsAndMasksComeOutRowByRow(
            @ForAll @IntRange(min = 8, max = 128) int tileInLatents,
            @ForAll @IntRange(min = 0, max = 8) int paddingInSixteens,
            @ForAll @IntRange(min = 1, max = 20_000) int length) {
        int t = 8 * tileInLatents;
        // The predecessor resamples crops of other sizes; see PredecessorFlawsTest.
        int p = Math.min(t / 16, paddingInSixteens) * 16;
        if ((t + p) % 64 != 0 || length < t + p) return;
        Axis axis = Layout.GIGA.axis(length, tiling(Layout.GIGA, t, p, 0));
        int n = Math.ceilDiv(length, t);
        assertThat(axis.count()).isEqualTo(n);
        for (int i = 0; i < n; i++) {
            int crop = i == 0 ? 0 : i < n - 1 ? i * t - p / 2 : length - t - p;
            int r = length - i * t;
            Span mask = i == 0 ? new Span(0, t) : i < n - 1 ? new Span(p / 2, p / 2 + t) : new Span(p + t - r, p + t);
            Slot slot = axis.slots().get(i);
            assertThat(slot.core()).isEqualTo(new Span(crop + mask.start(), Math.min(length, crop + mask.end())));
            // A crop that would stick out at the rim moves inward; all others are the predecessor's.
            assertThat(slot.read().start()).isEqualTo(Math.min(crop, length - t - p));
            assertThat(slot.read().length()).isEqualTo(t + p);
        }
    }

    @Test
    void aSideShorterThanWhatIsReadKeepsThePredecessorsBorder() {
        Axis axis = Layout.GIGA.axis(600, tiling(Layout.GIGA, 512, 128, 0));
        Span all = new Span(0, 600);
        assertThat(axis.slots())
                .containsExactly(
                        new Slot(all, new Span(0, 512), new Span(0, 512)),
                        new Slot(all, new Span(512, 600), new Span(512, 600)));
    }

    @Property(tries = 5_000)
    void anyLayoutCutsInOrderWithReadsOfOneSizeAndFeathersThatAreShared(
            @ForAll Layout layout,
            @ForAll @IntRange(min = 1, max = 30_000) int length,
            @ForAll @IntRange(min = 8, max = 160) int tileInLatents,
            @ForAll @IntRange(min = 0, max = 64) int paddingInLatents,
            @ForAll @IntRange(min = 0, max = 100) int blurPercent) {
        int t = 8 * tileInLatents;
        int p = Math.min(8 * paddingInLatents, t);
        Axis axis = layout.axis(length, tiling(layout, t, p, Request.Tiling.widestBlur(t, p) * blurPercent / 100));
        Slot before = null;
        for (Slot slot : axis.slots()) {
            assertThat(slot.read().length()).isEqualTo(axis.readLength()).isLessThanOrEqualTo(length);
            assertThat(slot.read().end()).isLessThanOrEqualTo(length);
            int left = slot.core().start() - slot.write().start();
            assertThat(slot.core().start())
                    .isEqualTo(before == null ? 0 : before.core().end());
            assertThat(left)
                    .isEqualTo(
                            before == null
                                    ? 0
                                    : before.write().end() - before.core().end());
            assertThat(left + slot.write().end() - slot.core().end())
                    .isLessThanOrEqualTo(slot.core().length());
            before = slot;
        }
        assertThat(before.write().end()).isEqualTo(length);
    }

    static Request.Tiling tiling(Layout layout, int tile, int padding, int blur) {
        return new Request.Tiling(tile, padding, blur, Request.Order.CHESS, 16, 1, layout, Join.PIXELS);
    }
}
