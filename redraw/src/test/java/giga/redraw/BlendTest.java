package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.redraw.Request.Seams;
import giga.redraw.Request.Seams.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlendTest {
    private static final int UNDRAWN = 0;
    private static final int SEAM_FEATHER = 8;

    /** The formula of the specification, pixel by pixel in double: no cells, no shortcuts. */
    @Property(tries = 60)
    void settlesByTheFormula(
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll @IntRange(min = 1, max = 300) int height,
            @ForAll @IntRange(min = 0, max = 100) int blurPercent,
            @ForAll Request.Order order,
            @ForAll Mode seams,
            @ForAll boolean redraw,
            @ForAll long seed) {
        Pass pass = pass(width, height, blurPercent, order, seams, redraw);
        Random random = new Random(seed);
        Pixels canvas = noise(random, width, height);
        List<Tile> earlier = new ArrayList<>();
        for (int phase = 0; phase < pass.phases().size(); phase++) {
            List<Drawn> drawn = noise(random, pass.phases().get(phase));
            Pixels settled = settle(pass, phase, canvas, drawn);
            if (pass.phases().get(phase).kind() == Phase.Kind.WAVES) {
                assertThat(settled.rgb())
                        .isEqualTo(waveByWave(pass, pass.phases().get(phase), canvas, drawn)
                                .rgb());
                canvas = settled;
                earlier.addAll(pass.phases().get(phase).tiles());
                continue;
            }
            for (int i = 0; i < 500; i++) {
                int x = random.nextInt(width);
                int y = random.nextInt(height);
                int c = random.nextInt(3);
                boolean overlay = pass.phases().get(phase).kind() == Phase.Kind.SEAM;
                double expected = formula(x, y, c, canvas, drawn, earlier, overlay);
                assertThat((double) settled.sample(x, y, c)).isCloseTo(expected, within(0.501));
            }
            canvas = settled;
            earlier.addAll(pass.phases().get(phase).tiles());
        }
    }

    /** The definition: every wave a phase of its own, settled before the next. */
    private static Pixels waveByWave(Pass pass, Phase waves, Pixels canvas, List<Drawn> drawn) {
        List<Phase> phases = waves.tiles().stream()
                .collect(Collectors.groupingBy(waves::wave, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(tiles -> new Phase("wave", Phase.Kind.DRAW, tiles))
                .toList();
        Pass expanded = new Pass(pass.number(), pass.width(), pass.height(), pass.tiling(), phases);
        for (int phase = 0; phase < phases.size(); phase++) {
            List<Tile> tiles = phases.get(phase).tiles();
            List<Drawn> own =
                    drawn.stream().filter(each -> tiles.contains(each.tile())).toList();
            canvas = settle(expanded, phase, canvas, own);
        }
        return canvas;
    }

    private static double formula(
            int x, int y, int c, Pixels old, List<Drawn> drawn, List<Tile> earlier, boolean overlay) {
        double weights = 0;
        double values = 0;
        for (Drawn result : drawn) {
            Tile tile = result.tile();
            double weight = ramp(
                            x,
                            tile.core().x(),
                            tile.core().right(),
                            tile.write().x(),
                            tile.write().right())
                    * ramp(
                            y,
                            tile.core().y(),
                            tile.core().bottom(),
                            tile.write().y(),
                            tile.write().bottom());
            if (weight == 0) continue;
            Region region = result.region();
            weights += weight;
            values += weight * result.rgb()[3 * ((y - region.y()) * region.width() + x - region.x()) + c];
        }
        double before = old.sample(x, y, c);
        if (weights == 0) return before;
        boolean fresh =
                !overlay && earlier.stream().noneMatch(tile -> tile.write().contains(new Region(x, y, 1, 1)));
        double a = fresh ? 1 : Math.min(1, weights);
        return before * (1 - a) + a * values / weights;
    }

    private static double ramp(int pixel, int core, int coreEnd, int write, int writeEnd) {
        double left = core == write ? (pixel >= core ? 1 : 0) : (pixel + 0.5 - write) / (2 * (core - write));
        double right =
                coreEnd == writeEnd ? (pixel < coreEnd ? 1 : 0) : (writeEnd - pixel - 0.5) / (2 * (writeEnd - coreEnd));
        return smooth(left) * smooth(right);
    }

    private static double smooth(double u) {
        double v = Math.clamp(u, 0, 1);
        return v * v * (3 - 2 * v);
    }

    @Property(tries = 100)
    void theSameWhateverPiecesItIsSettledIn(
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll @IntRange(min = 1, max = 300) int height,
            @ForAll @IntRange(min = 0, max = 100) int blurPercent,
            @ForAll @IntRange(min = 7, max = 130) int piece,
            @ForAll Request.Order order,
            @ForAll Mode seams,
            @ForAll boolean redraw,
            @ForAll long seed) {
        Pass pass = pass(width, height, blurPercent, order, seams, redraw);
        Random random = new Random(seed);
        Pixels canvas = noise(random, width, height);
        for (int phase = 0; phase < pass.phases().size(); phase++) {
            List<Drawn> drawn = noise(random, pass.phases().get(phase));
            Pixels whole = settle(pass, phase, canvas, drawn);
            Collections.shuffle(drawn, random);
            Pixels pieces = new Pixels(width, height);
            for (int y = 0; y < height; y += piece) {
                for (int x = 0; x < width; x += piece) {
                    Region region = new Region(x, y, Math.min(piece, width - x), Math.min(piece, height - y));
                    paste(settlePiece(pass, phase, region, canvas, drawn), region, pieces);
                }
            }
            assertThat(pieces.rgb()).isEqualTo(whole.rgb());
            canvas = whole;
        }
    }

    /** White seams over a black canvas: nowhere a step that their ramps do not make. */
    @Property(tries = 60)
    void seamsFadeOutWithoutAStep(
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll @IntRange(min = 1, max = 300) int height,
            @ForAll Mode seams) {
        Pass pass = pass(width, height, 100, Request.Order.CHESS, seams, false);
        Pixels canvas = new Pixels(width, height);
        for (int phase = 0; phase < pass.phases().size(); phase++) {
            Pixels before = canvas;
            List<Drawn> drawn = pass.phases().get(phase).tiles().stream()
                    .map(tile -> constant(tile, 255))
                    .toList();
            canvas = settle(pass, phase, canvas, drawn);
            assertThat(steepest(canvas) - steepest(before))
                    .isLessThanOrEqualTo((int) (2 * 255 * 1.5 / (2 * SEAM_FEATHER)) + 1);
        }
    }

    @Property(tries = 100)
    void tilesThatAgreeGiveExactlyTheirPicture(
            @ForAll @IntRange(min = 1, max = 400) int width,
            @ForAll @IntRange(min = 1, max = 400) int height,
            @ForAll @IntRange(min = 0, max = 100) int blurPercent,
            @ForAll Request.Order order,
            @ForAll long seed) {
        Pass pass = pass(width, height, blurPercent, order);
        Pixels picture = noise(new Random(seed), width, height);
        // The canvas before is black: any rest of it would show.
        Pixels canvas = new Pixels(width, height);
        for (int phase = 0; phase < pass.phases().size(); phase++) {
            List<Drawn> drawn = pass.phases().get(phase).tiles().stream()
                    .map(tile -> new Drawn(tile, floats(crop(picture, tile.write()))))
                    .toList();
            canvas = settle(pass, phase, canvas, drawn);
        }
        assertThat(canvas.rgb()).isEqualTo(picture.rgb());
    }

    @Property(tries = 200)
    void theWeightsOfAllTilesAddUpToOneEverywhere(
            @ForAll Layout layout,
            @ForAll @IntRange(min = 1, max = 3000) int length,
            @ForAll @IntRange(min = 8, max = 40) int tileInLatents,
            @ForAll @IntRange(min = 0, max = 40) int paddingInLatents,
            @ForAll @IntRange(min = 0, max = 100) int blurPercent) {
        Axis axis =
                layout.axis(length, AxisTest.tiling(tileInLatents, paddingInLatents, blurPercent, Request.Order.NONE));
        float[] sum = new float[length];
        for (Axis.Slot slot : axis.slots()) {
            Axis.Span core = slot.core();
            Axis.Span write = slot.write();
            float[] ramp = WeightedTile.ramp(write.length(), core.start() - write.start(), write.end() - core.end());
            for (int i = 0; i < ramp.length; i++) {
                assertThat(ramp[i]).isPositive();
                sum[write.start() + i] += ramp[i];
            }
        }
        for (float weights : sum) assertThat(weights).isCloseTo(1, within(1e-6f));
    }

    /** Tiles of one colour have their own grey, far apart; where their corners meet, no step may be left. */
    @Test
    void cornersWhereTwoTilesOfOneColourMeetStayContinuous() {
        Request.Tiling tiling = new Request.Tiling(128, 64, 32, Request.Order.CHESS, 0, 1);
        Pass pass = new Pass(0, 320, 320, tiling, Grid.of(320, 320, tiling).phases(Request.Order.CHESS));
        assertThat(pass.tileCount()).isEqualTo(4);
        Pixels canvas = new Pixels(320, 320);
        int[] greys = {40, 200, 90, 160};
        for (int phase = 0; phase < 2; phase++) {
            List<Drawn> drawn = pass.phases().get(phase).tiles().stream()
                    .map(tile -> constant(tile, greys[tile.index()]))
                    .toList();
            canvas = settle(pass, phase, canvas, drawn);
        }
        int steepest = steepest(canvas);
        // The widest step of 160 over a ramp of 64 pixels is steepest in its middle: 160 · 1.5 / 64 = 3.75.
        assertThat(steepest).isBetween(3, 5);
        assertThat(canvas.sample(0, 0, 0)).isEqualTo(40);
        assertThat(canvas.sample(319, 0, 0)).isEqualTo(200);
        assertThat(canvas.sample(319, 319, 2)).isEqualTo(160);
    }

    @Test
    void aHardEdgeWritesCoresAlone() {
        Request.Tiling tiling = new Request.Tiling(128, 64, 0, Request.Order.CHESS, 0, 1);
        Pass pass = new Pass(0, 320, 64, tiling, Grid.of(320, 64, tiling).phases(Request.Order.CHESS));
        Pixels canvas = settle(pass, 0, new Pixels(320, 64), List.of(constant(tile(pass, 0, 0), 255)));
        assertThat(canvas.sample(159, 63, 0)).isEqualTo(255);
        assertThat(canvas.sample(160, 63, 0)).isEqualTo(UNDRAWN);
    }

    @Test
    void samplesOutsideTheRangeAreCut() {
        Pass pass = pass(2, 1, 0, Request.Order.NONE);
        float[] wild = {-5, 255.4f, 256, 300, 254.5f, Float.NaN};
        Pixels settled = settle(pass, 0, new Pixels(2, 1), List.of(new Drawn(tile(pass, 0, 0), wild)));
        assertThat(settled.rgb()).containsExactly(0, 255, 255, 255, 255, 0);
    }

    @Test
    void refusesMissingAndForeignResults() {
        Request.Tiling tiling = TestRequests.poster(0);
        Pass pass = new Pass(0, 320, 64, tiling, Grid.of(320, 64, tiling).phases(Request.Order.CHESS));
        Drawn result = constant(tile(pass, 0, 0), 1);
        Region region = new Region(0, 0, 320, 64);
        Pixels old = new Pixels(320, 64);
        Blend blend = new Blend(pass, 0);
        assertThatThrownBy(() -> blend.settle(region, old, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> blend.settle(region, old, List.of(result, result)))
                .isInstanceOf(IllegalArgumentException.class);
        Drawn narrow = new Drawn(tile(pass, 0, 0), new Region(0, 0, 319, 64), new float[3 * 319 * 64]);
        assertThatThrownBy(() -> blend.settle(region, old, List.of(narrow)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The largest difference of neighbouring pixels. */
    private static int steepest(Pixels canvas) {
        int steepest = 0;
        for (int y = 1; y < canvas.height(); y++) {
            for (int x = 1; x < canvas.width(); x++) {
                int here = canvas.sample(x, y, 0);
                steepest = Math.max(steepest, Math.abs(here - canvas.sample(x - 1, y, 0)));
                steepest = Math.max(steepest, Math.abs(here - canvas.sample(x, y - 1, 0)));
            }
        }
        return steepest;
    }

    /** The same with seams, whose phases come last or are all there is; without a phase where there are no borders. */
    private static Pass pass(int width, int height, int blurPercent, Request.Order order, Mode mode, boolean redraw) {
        Request.Tiling tiling = AxisTest.tiling(8, 8, blurPercent, order);
        Grid grid = Grid.of(width, height, tiling);
        Seams seams = new Seams(mode, 0.3, 32, mode == Mode.BAND ? SEAM_FEATHER : 0, 4 * SEAM_FEATHER);
        List<Phase> phases = new ArrayList<>();
        if (redraw) phases.addAll(grid.phases(order));
        phases.addAll(SeamPhases.of(grid, tiling, seams).phases());
        return new Pass(0, width, height, tiling, phases);
    }

    /** Small tiles, so that a small canvas has many of them, and odd overlaps. */
    private static Pass pass(int width, int height, int blurPercent, Request.Order order) {
        Request.Tiling tiling = AxisTest.tiling(8, 8, blurPercent, order);
        return new Pass(0, width, height, tiling, Grid.of(width, height, tiling).phases(order));
    }

    private static Tile tile(Pass pass, int phase, int number) {
        return pass.phases().get(phase).tiles().get(number);
    }

    private static Pixels settle(Pass pass, int phase, Pixels canvas, List<Drawn> drawn) {
        return new Blend(pass, phase).settle(new Region(0, 0, canvas.width(), canvas.height()), canvas, drawn);
    }

    private static Pixels settlePiece(Pass pass, int phase, Region region, Pixels canvas, List<Drawn> drawn) {
        Blend blend = new Blend(pass, phase);
        List<Tile> touching = blend.touching(region);
        List<Drawn> needed = drawn.stream()
                .filter(result -> touching.contains(result.tile()))
                .toList();
        return blend.settle(region, crop(canvas, region), needed);
    }

    private static Pixels noise(Random random, int width, int height) {
        Pixels pixels = new Pixels(width, height);
        random.nextBytes(pixels.rgb());
        return pixels;
    }

    private static List<Drawn> noise(Random random, Phase phase) {
        List<Drawn> drawn = new ArrayList<>();
        for (Tile tile : phase.tiles()) {
            float[] rgb = new float[(int) (3 * tile.write().area())];
            for (int i = 0; i < rgb.length; i++) rgb[i] = random.nextInt(255 * 256 + 1) / 256f;
            drawn.add(new Drawn(tile, rgb));
        }
        return drawn;
    }

    private static Drawn constant(Tile tile, float value) {
        float[] rgb = new float[(int) (3 * tile.write().area())];
        Arrays.fill(rgb, value);
        return new Drawn(tile, rgb);
    }

    private static float[] floats(Pixels pixels) {
        float[] floats = new float[pixels.rgb().length];
        for (int i = 0; i < floats.length; i++) floats[i] = pixels.rgb()[i] & 0xFF;
        return floats;
    }

    private static Pixels crop(Pixels pixels, Region region) {
        Pixels crop = new Pixels(region.width(), region.height());
        for (int y = 0; y < region.height(); y++) {
            int from = 3 * ((region.y() + y) * pixels.width() + region.x());
            System.arraycopy(pixels.rgb(), from, crop.rgb(), 3 * y * region.width(), 3 * region.width());
        }
        return crop;
    }

    private static void paste(Pixels piece, Region region, Pixels into) {
        for (int y = 0; y < region.height(); y++) {
            int to = 3 * ((region.y() + y) * into.width() + region.x());
            System.arraycopy(piece.rgb(), 3 * y * region.width(), into.rgb(), to, 3 * region.width());
        }
    }
}
