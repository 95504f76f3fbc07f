package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;

import giga.redraw.Axis.Slot;
import giga.redraw.Axis.Span;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void theSeedsPosterIsCutAsInTheSpecification() {
        Axis axis = Axis.even(2048, TestRequests.poster(0));
        assertThat(axis.slots())
                .extracting(Slot::read)
                .containsExactly(new Span(0, 896), new Span(576, 1472), new Span(1152, 2048));
        assertThat(axis.borders()).containsExactly((0 + 896 + 576) / 2, (576 + 896 + 1152) / 2);
    }

    @Test
    void aSideThatOneReadCoversIsOneSlot() {
        for (int length : new int[] {1, 7, 63, 64, 100, 895, 896}) {
            Span all = new Span(0, length);
            assertThat(Axis.even(length, TestRequests.poster(64)).slots()).containsExactly(new Slot(all, all, all));
        }
        assertThat(Axis.even(897, TestRequests.poster(64)).count()).isEqualTo(2);
    }

    @Test
    void theLastReadMayStartBetweenTwoLatents() {
        assertThat(Axis.even(1001, TestRequests.poster(0)).slots().getLast().read())
                .isEqualTo(new Span(105, 1001));
    }

    @Test
    void withoutPaddingRoundingOpensNoGap() {
        // Rounded to the latent grid alone, the last but one of these 11 reads would start at 568 and end 3 pixels
        // early.
        Axis axis = Axis.even(699, new Request.Tiling(64, 0, 0, Request.Order.CHESS, 0, 1));
        assertThat(axis.slots().get(9).read()).isEqualTo(new Span(576, 640));
        assertThat(axis.slots().get(10).read()).isEqualTo(new Span(635, 699));
    }

    @Property(tries = 10_000)
    void everySideIsCutInOrder(
            @ForAll @IntRange(min = 1, max = 50_000) int length,
            @ForAll @IntRange(min = 8, max = 160) int tileInLatents,
            @ForAll @IntRange(min = 0, max = 64) int paddingInLatents,
            @ForAll @IntRange(min = 0, max = 100) int blurPercent) {
        Request.Tiling tiling = tiling(tileInLatents, paddingInLatents, blurPercent, Request.Order.CHESS);
        Axis axis = Axis.even(length, tiling);
        int side = Math.min(length, tiling.readSide());
        assertThat(axis.count()).isEqualTo(expectedCount(length, tiling));
        Slot before = null;
        for (Slot slot : axis.slots()) {
            assertThat(slot.read().length()).isEqualTo(side);
            assertThat(slot.core().start())
                    .isEqualTo(before == null ? 0 : before.core().end());
            boolean last = slot == axis.slots().getLast();
            if (last) assertThat(slot.read().end()).isEqualTo(length);
            else assertThat(slot.read().start() % 8).isZero();
            if (before == null) {
                assertThat(slot.write().start()).isZero();
            } else {
                int feather = before.write().end() - before.core().end();
                assertThat(feather).isLessThanOrEqualTo(tiling.blur());
                assertThat(slot.core().start() - slot.write().start()).isEqualTo(feather);
                assertThat(before.write().end())
                        .isLessThanOrEqualTo(before.read().end());
                assertThat(slot.read().start()).isGreaterThan(before.read().start());
            }
            before = slot;
        }
        assertThat(before.core().end()).isEqualTo(length);
        assertThat(before.write().end()).isEqualTo(length);
    }

    private static int expectedCount(int length, Request.Tiling tiling) {
        if (length <= tiling.readSide()) return 1;
        return (length - tiling.padding() + tiling.tile() - 1) / tiling.tile();
    }

    static Request.Tiling tiling(int tileInLatents, int paddingInLatents, int blurPercent, Request.Order order) {
        int tile = 8 * tileInLatents;
        int padding = Math.min(8 * paddingInLatents, tile);
        Request.Tiling hard = new Request.Tiling(tile, padding, 0, order, 0, 1);
        int widest = (hard.readSide() - tile) / 2;
        return new Request.Tiling(tile, padding, widest * blurPercent / 100, order, 0, 1);
    }
}
