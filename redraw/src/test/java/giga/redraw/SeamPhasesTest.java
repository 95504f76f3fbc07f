package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Region;
import giga.redraw.Request.Seams;
import giga.redraw.Request.Seams.Mode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeamPhasesTest {
    private static final Request.Tiling SHEET = LayoutTest.tiling(Layout.GIGA, 512, 128, 0);

    @Test
    void bandsLieAlongEveryInnerBorder() {
        List<Phase> phases = phases(new Seams(Mode.BAND, 0.35, 32, 4, 64), SHEET, 1024, 1536);
        assertThat(phases).extracting(Phase::name).containsExactly("row seams", "column seams");
        assertThat(phases).allMatch(phase -> phase.kind() == Phase.Kind.SEAM);
        assertThat(phases.getFirst().tiles())
                .containsExactly(
                        new Tile(6, 0, 0, region(0, 448, 576, 128), region(0, 480, 512, 64), region(0, 476, 516, 72)),
                        new Tile(
                                7,
                                1,
                                0,
                                region(448, 448, 576, 128),
                                region(512, 480, 512, 64),
                                region(508, 476, 516, 72)),
                        new Tile(8, 0, 1, region(0, 960, 576, 128), region(0, 992, 512, 64), region(0, 988, 516, 72)),
                        new Tile(
                                9,
                                1,
                                1,
                                region(448, 960, 576, 128),
                                region(512, 992, 512, 64),
                                region(508, 988, 516, 72)));
        assertThat(phases.getLast().tiles()).extracting(Tile::index).containsExactly(10, 11, 12);
        assertThat(phases.getLast().tiles().getFirst().core()).isEqualTo(region(480, 0, 64, 512));
    }

    /** The predecessor's crops, moved by half a tile; its mask is a triangle as wide as the tile. */
    @Test
    void halfTilesHaveTheBorderInTheirMiddle() {
        List<Phase> phases = phases(new Seams(Mode.HALF_CORNERS, 0.45, 128, 0, 512), SHEET, 1536, 1536);
        assertThat(phases).extracting(Phase::name).containsExactly("row seams", "column seams", "crossings");
        assertThat(phases).extracting(phase -> phase.tiles().size()).containsExactly(6, 6, 4);
        Tile middle = phases.getFirst().tiles().get(1);
        assertThat(middle.read()).isEqualTo(region(448, 192, 640, 640));
        assertThat(middle.core()).isEqualTo(region(512, 384, 512, 256));
        assertThat(middle.write()).isEqualTo(region(512, 256, 512, 512));
        Tile crossing = phases.getLast().tiles().getFirst();
        assertThat(crossing.read()).isEqualTo(region(192, 192, 640, 640));
        assertThat(crossing.core()).isEqualTo(region(384, 384, 256, 256));
        assertThat(crossing.write()).isEqualTo(region(256, 256, 512, 512));
    }

    @Test
    void aPictureOfOneTileHasNoSeams() {
        assertThat(phases(new Seams(Mode.HALF_CORNERS, 0.45, 128, 0, 512), SHEET, 500, 400))
                .isEmpty();
        assertThat(phases(new Seams(Mode.HALF_CORNERS, 0.45, 128, 0, 512), SHEET, 1000, 400))
                .extracting(Phase::name)
                .containsExactly("column seams");
        Request seamsOnly =
                TestRequests.of(1, TestRequests.pass(SHEET, new Seams(Mode.HALF, 0.45, 128, 0, 512), 1, false));
        assertThatThrownBy(() -> Planner.plan(seamsOnly, 500, 400))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("use a smaller tile or redraw on");
    }

    @Test
    void seamsAloneHaveTheSamePhasesAsAfterADraw() {
        Seams seams = new Seams(Mode.HALF, 0.45, 128, 0, 512);
        Plan both = Planner.plan(TestRequests.of(1, TestRequests.pass(SHEET, seams, 1, true)), 2048, 1536);
        Plan alone = Planner.plan(TestRequests.of(1, TestRequests.pass(SHEET, seams, 1, false)), 2048, 1536);
        assertThat(both.passes().getFirst().phases())
                .extracting(Phase::name)
                .containsExactly("even", "odd", "row seams", "column seams");
        assertThat(alone.passes().getFirst().phases())
                .isEqualTo(both.passes().getFirst().phases().subList(2, 4));
        assertThat(alone.cores()).isEqualTo(both.cores()).hasSize(12);
        assertThat(PlanJson.read(PlanJson.write(alone), "plan.json")).isEqualTo(alone);
    }

    @Property(tries = 1_000)
    void everyTileReadsInsideAndEveryBorderLiesInACore(
            @ForAll Layout layout,
            @ForAll @IntRange(min = 1, max = 3000) int width,
            @ForAll @IntRange(min = 1, max = 3000) int height,
            @ForAll @IntRange(min = 8, max = 100) int tileInLatents,
            @ForAll @IntRange(min = 0, max = 32) int paddingInLatents,
            @ForAll @IntRange(min = 2, max = 300) int quarterWidth,
            @ForAll @IntRange(min = 0, max = 100) int blurPercent,
            @ForAll Mode mode) {
        Assume.that(mode != Mode.NONE);
        int tile = 8 * tileInLatents;
        int padding = Math.min(8 * paddingInLatents, tile);
        int seamWidth = 4 * quarterWidth;
        int blur = Seams.widestBlur(mode, tile, padding, seamWidth) * blurPercent / 100;
        Request.Tiling tiling = LayoutTest.tiling(layout, tile, padding, 0);
        PassSettings pass = TestRequests.pass(tiling, new Seams(mode, 0.4, padding, blur, seamWidth), 1, true);
        Grid grid = Grid.of(width, height, tiling);
        SeamPhases seams = SeamPhases.of(grid, tiling, pass.seams());
        List<Phase> phases = seams.phases();
        assertThat(phases.stream().mapToLong(phase -> phase.tiles().size()).sum())
                .isEqualTo(seams.tileCount());
        // The pass checks that reads lie inside, the phases that they are of one size, the tiles what they write.
        if (!phases.isEmpty()) new Pass(0, width, height, tiling, phases);
        List<Region> cores = new ArrayList<>();
        for (Phase phase : phases) phase.tiles().forEach(each -> cores.add(each.core()));
        for (int x : grid.columns().borders())
            for (int y : List.of(0, height / 2, height - 1))
                assertThat(cores).anyMatch(core -> core.contains(new Region(x, y, 1, 1)));
        for (int y : grid.rows().borders())
            for (int x : List.of(0, width / 2, width - 1))
                assertThat(cores).anyMatch(core -> core.contains(new Region(x, y, 1, 1)));
    }

    @Property(tries = 60)
    void aPlanWithSeamsIsReadBackAsItWasWritten(
            @ForAll Layout layout,
            @ForAll @IntRange(min = 1, max = 600) int width,
            @ForAll @IntRange(min = 257, max = 600) int height,
            @ForAll Mode mode,
            @ForAll boolean redraw) {
        Request.Tiling tiling = LayoutTest.tiling(layout, 128, 64, 0);
        Seams seams = new Seams(mode, 0.4, 64, 0, 64);
        PassSettings each = TestRequests.pass(tiling, seams, 1.1, redraw || mode == Mode.NONE);
        Request request = TestRequests.of(2, each);
        Plan plan = Planner.plan(request, width, height);
        assertThat(PlanJson.read(PlanJson.write(plan), "plan.json")).isEqualTo(plan);
        int seamTiles = plan.passes().stream()
                .flatMap(pass -> pass.phases().stream())
                .filter(phase -> phase.kind() == Phase.Kind.SEAM)
                .mapToInt(phase -> phase.tiles().size())
                .sum();
        assertThat(seamTiles > 0).isEqualTo(mode != Mode.NONE);
        int drawing = each.unetCalls(Phase.Kind.DRAW);
        int mending = mode == Mode.NONE ? 0 : each.unetCalls(Phase.Kind.SEAM);
        assertThat(request.unetCalls(plan))
                .isEqualTo((long) drawing * (plan.tileCount() - seamTiles) + (long) mending * seamTiles);
    }

    /** The seed's largest picture; tiles as many as the borders that they lie on ask for. */
    @Test
    void aGigapixelPictureHasThousandsOfSeams() {
        Seams seams = new Seams(Mode.HALF_CORNERS, 0.45, 128, 32, 768);
        Plan plan = Planner.plan(
                TestRequests.of(1, TestRequests.pass(TestRequests.poster(32), seams, 1, true)), 32768, 40960);
        assertThat(plan.passes().getFirst().phases())
                .extracting(phase -> phase.tiles().size())
                .containsExactly(43 * 54 / 2, 43 * 54 / 2, 53 * 43, 42 * 54, 42 * 53);
    }

    private static List<Phase> phases(Seams seams, Request.Tiling tiling, int width, int height) {
        return SeamPhases.of(Grid.of(width, height, tiling), tiling, seams).phases();
    }

    private static Region region(int x, int y, int width, int height) {
        return new Region(x, y, width, height);
    }
}
