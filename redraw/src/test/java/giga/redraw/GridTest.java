package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Region;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GridTest {
    @Property(tries = 10_000)
    void coresCoverEachPixelOnceAndReadsAreOfOneSizeInside(
            @ForAll @IntRange(min = 1, max = 3000) int width,
            @ForAll @IntRange(min = 1, max = 3000) int height,
            @ForAll @IntRange(min = 16, max = 100) int tileInLatents,
            @ForAll @IntRange(min = 0, max = 32) int paddingInLatents,
            @ForAll @IntRange(min = 0, max = 100) int blurPercent,
            @ForAll Request.Order order,
            @ForAll Layout layout) {
        Request.Tiling even = AxisTest.tiling(tileInLatents, paddingInLatents, blurPercent, order);
        Grid grid = Grid.of(width, height, LayoutTest.tiling(layout, even.tile(), even.padding(), even.blur()));
        List<Tile> tiles = tiles(grid, order);
        Region canvas = new Region(0, 0, width, height);
        Region read = tiles.getFirst().read();
        // Disjoint rectangles inside the canvas whose areas add up to its area leave no pixel out.
        long area = 0;
        for (int i = 0; i < tiles.size(); i++) {
            Tile tile = tiles.get(i);
            assertThat(tile.index()).isEqualTo(i);
            assertThat(tile.read().width()).isEqualTo(read.width());
            assertThat(tile.read().height()).isEqualTo(read.height());
            assertThat(canvas.contains(tile.read())).isTrue();
            if (tile.column() > 0)
                assertThat(tiles.get(i - 1).core().right())
                        .isEqualTo(tile.core().x());
            if (tile.row() > 0) {
                Region above = tiles.get(i - grid.columns().count()).core();
                assertThat(above.bottom()).isEqualTo(tile.core().y());
                assertThat(above.x()).isEqualTo(tile.core().x());
            }
            area += tile.core().area();
        }
        assertThat(area).isEqualTo(canvas.area());
    }

    @Property
    void withPaddingTheReadsAreThoseOfTheFormula(
            @ForAll @IntRange(min = 1025, max = 50_000) int length,
            @ForAll @IntRange(min = 8, max = 64) int tileInLatents,
            @ForAll @IntRange(min = 1, max = 64) int paddingInLatents) {
        Request.Tiling tiling = AxisTest.tiling(tileInLatents, paddingInLatents, 0, Request.Order.NONE);
        Axis axis = Axis.even(length, tiling);
        BigDecimal last = BigDecimal.valueOf(axis.count() - 1);
        for (int i = 0; i < axis.count() - 1; i++) {
            int latents = BigDecimal.valueOf((long) i * (length - tiling.readSide()))
                    .divide(last.multiply(BigDecimal.valueOf(8)), 30, RoundingMode.HALF_UP)
                    .setScale(0, RoundingMode.HALF_UP)
                    .intValueExact();
            assertThat(axis.slots().get(i).read().start()).isEqualTo(8 * latents);
        }
    }

    @Test
    void chessDrawsEvenTilesThenOddOnes() {
        Grid grid = Grid.of(2048, 2816, TestRequests.poster(0));
        List<Phase> phases = grid.phases(Request.Order.CHESS);
        assertThat(phases).extracting(Phase::name).containsExactly("even", "odd");
        assertThat(phases.getFirst().tiles()).extracting(Tile::index).containsExactly(0, 2, 4, 6, 8, 10);
        assertThat(phases.getLast().tiles()).extracting(Tile::index).containsExactly(1, 3, 5, 7, 9, 11);
    }

    @Test
    void oneTileIsOnePhase() {
        for (Request.Order order : Request.Order.values())
            assertThat(Grid.of(1, 896, TestRequests.poster(0)).phases(order)).hasSize(1);
    }

    @Test
    void batchesFillUpAcrossRows() {
        Phase even = Grid.of(2048, 2816, TestRequests.poster(0))
                .phases(Request.Order.CHESS)
                .getFirst();
        assertThat(even.batches(4))
                .map(batch -> batch.stream().map(Tile::index).toList())
                .containsExactly(List.of(0, 2, 4, 6), List.of(8, 10));
        assertThat(even.batches(6)).hasSize(1);
        assertThat(even.batches(100)).containsExactly(even.tiles());
    }

    private static List<Tile> tiles(Grid grid, Request.Order order) {
        Stream<Tile> tiles = grid.phases(order).stream().flatMap(phase -> phase.tiles().stream());
        return tiles.sorted(Comparator.comparingInt(Tile::index)).toList();
    }
}
