package giga.redraw.inspect.map;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.redraw.Phase;
import giga.redraw.Tile;
import giga.redraw.inspect.Comparison;
import giga.redraw.inspect.SeamScore;
import giga.redraw.inspect.ToneDrift;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PictureMapsTest {
    private static final int SIDE = 1024;

    @Test
    void aStepAtABorderShowsThereAndNowhereElse() {
        Pixels picture = grey(SIDE, SIDE, 90);
        for (int y = 256; y < 512; y++)
            for (int x = 512; x < SIDE; x++)
                Arrays.fill(picture.rgb(), 3 * (y * SIDE + x), 3 * (y * SIDE + x) + 3, (byte) 98);
        PictureMaps maps = PictureMaps.of(picture);
        PictureMaps.SeamMap map = maps.seams();
        SeamScore.of(picture, List.of(new Region(0, 0, 512, SIDE), new Region(512, 0, 512, SIDE)), map::add);
        Pixels drawn = map.pixels();
        for (int y = 8; y < SIDE; y += 16) {
            Colour seam = at(drawn, 512, y);
            Colour expected = ColourScale.ALARM.at(y >= 256 && y < 512 ? 1 : 0);
            assertThat(seam).as("row %d", y).isEqualTo(expected);
            Colour beside = at(drawn, 300, y);
            assertThat(beside.red()).isEqualTo(beside.green()).isEqualTo(beside.blue());
        }
    }

    @Test
    void tilesHaveTheColourOfTheirPhase() {
        Phase even = new Phase("even", Phase.Kind.DRAW, List.of(tile(0, 0)));
        Phase odd = new Phase("odd", Phase.Kind.DRAW, List.of(tile(1, 512)));
        Pixels drawn = PictureMaps.of(grey(SIDE, 512, 90)).tiles(List.of(even, odd));
        assertThat(at(drawn, 0, 0)).isEqualTo(PictureMaps.phase(0));
        assertThat(at(drawn, 512, 511)).isEqualTo(PictureMaps.phase(1));
        assertThat(drawn.height()).isGreaterThan(512);
    }

    @Test
    void lighterIsWarmAndDarkerIsCold() {
        ToneDrift drift = new ToneDrift(List.of(
                new ToneDrift.Drift(new Region(0, 0, 512, 512), 5, 5, 5),
                new ToneDrift.Drift(new Region(512, 0, 512, 512), -5, -5, -5)));
        Pixels drawn = PictureMaps.of(grey(SIDE, 512, 90)).drift(drift);
        assertThat(at(drawn, 200, 200).red()).isGreaterThan(at(drawn, 200, 200).blue());
        assertThat(at(drawn, 700, 200).red()).isLessThan(at(drawn, 700, 200).blue());
    }

    @Test
    void differencesAreDrawnWhereTheyAre() {
        Comparison comparison = new Comparison(
                1,
                java.util.OptionalDouble.of(1),
                List.of(
                        new Comparison.Difference(new Region(0, 0, 512, 512), 0),
                        new Comparison.Difference(new Region(512, 0, 512, 512), 40)));
        Pixels drawn = PictureMaps.of(grey(SIDE, 512, 90)).differences(comparison);
        assertThat(at(drawn, 700, 100).red()).isGreaterThan(at(drawn, 200, 100).red() + 50);
    }

    /** Any picture can be drawn, the smallest and the narrowest too. */
    @Property(tries = 100)
    void anySizeHasItsMap(
            @ForAll @IntRange(min = 1, max = 3000) int width, @ForAll @IntRange(min = 1, max = 300) int height) {
        Pixels picture = grey(width, height, 50);
        PictureMaps maps = PictureMaps.of(picture);
        assertThat(Math.max(maps.reduced().width(), maps.reduced().height())).isLessThanOrEqualTo(1600);
        PictureMaps.SeamMap map = maps.seams();
        map.add(new SeamScore.Segment(picture.bounds(), picture.bounds(), 1));
        assertThat(map.pixels().width()).isEqualTo(maps.reduced().width());
        maps.drift(new ToneDrift(List.of(new ToneDrift.Drift(picture.bounds(), 300, 0, 0))));
    }

    private static Tile tile(int index, int x) {
        Region core = new Region(x, 0, 512, 512);
        return new Tile(index, index, 0, core, core, core);
    }

    private static Pixels grey(int width, int height, int level) {
        Pixels pixels = new Pixels(width, height);
        Arrays.fill(pixels.rgb(), (byte) level);
        return pixels;
    }

    private static Colour at(Pixels pixels, int x, int y) {
        return new Colour(pixels.sample(x, y, 0), pixels.sample(x, y, 1), pixels.sample(x, y, 2));
    }
}
