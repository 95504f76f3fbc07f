package giga.redraw.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeamScoreTest {
    private static final int SIDE = 256;

    @Test
    void noiseHasNoSeams() {
        SeamScore score = SeamScore.of(ComputedPicture.noise(2048, 1536, 60), grid(2048, 1536));
        assertThat(score.mean()).isCloseTo(1, within(0.02));
        assertThat(score.percentile99()).isBetween(1.0, 1.25);
        assertThat(score.segments()).isEqualTo((7 * 1536 + 5 * 2048) / 64);
    }

    @Test
    void flatAreasHaveNoSeams() {
        SeamScore score = SeamScore.of(ComputedPicture.grey(512, 512, 77), grid(512, 512));
        assertThat(score.mean()).isEqualTo(1);
        assertThat(score.percentile99()).isEqualTo(1);
    }

    @Test
    void aSlopeHasNoSeams() {
        ComputedPicture slope = new ComputedPicture(768, 768, (x, y, channel) -> (x + 2 * y) / 12.0);
        assertThat(SeamScore.of(slope, grid(768, 768)).mean()).isCloseTo(1, within(0.2));
    }

    @Test
    void aStepOfEightLevelsAlongTheBordersIsSeen() {
        ComputedPicture.Levels step = (x, y, channel) -> (x / SIDE + y / SIDE) % 2 * 8;
        SeamScore flat = SeamScore.of(ComputedPicture.grey(1024, 1024, 100).plus(step), grid(1024, 1024));
        assertThat(flat.mean()).isCloseTo(25, within(1e-9));
        SeamScore smooth = SeamScore.of(ComputedPicture.noise(1024, 1024, 3).plus(step), grid(1024, 1024));
        // Differences of noise within +-3 are 2 on average.
        assertThat(smooth.mean()).isBetween(3.0, 4.0);
    }

    @Test
    void theWorstSegmentsAreWhereTheSeamIs() {
        ComputedPicture picture =
                ComputedPicture.noise(1024, 1024, 20).plus((x, y, channel) -> x >= 512 && y >= 320 && y < 384 ? 60 : 0);
        SeamScore score = SeamScore.of(picture, grid(1024, 1024));
        assertThat(score.worst()).hasSize(10);
        assertThat(score.worst().getFirst().where()).isEqualTo(new Region(499, 320, 26, 64));
        assertThat(score.worst().getFirst().score()).isBetween(4.0, 6.0);
        assertThat(score.worst().get(1).score()).isLessThan(1.5);
    }

    @Test
    void onlyOneTileHasNoSeams() {
        ComputedPicture picture = ComputedPicture.noise(100, 90, 20);
        assertThat(SeamScore.of(picture, List.of(picture.bounds()))).isEqualTo(new SeamScore(1, 1, 0, List.of()));
        ComputedPicture line = ComputedPicture.noise(3, 90, 20);
        List<Region> halves = List.of(new Region(0, 0, 1, 90), new Region(1, 0, 2, 90));
        assertThat(SeamScore.of(line, halves).segments()).isZero();
    }

    @Test
    void sizeDoesNotMatter() {
        int width = 1_000_000;
        List<Region> cores = List.of(new Region(0, 0, width, 40), new Region(0, 40, width, 40));
        SeamScore score = SeamScore.of(ComputedPicture.noise(width, 80, 30), cores);
        assertThat(score.segments()).isEqualTo(width / 64);
        assertThat(score.mean()).isCloseTo(1, within(0.005));
        assertThat(score.text()).matches("seams 1\\.00\\d mean, 1\\.\\d{3} at 99 % of 15625 segments");
    }

    /** The same picture and tiles elsewhere: what lies at the borders is the same, and so is the score. */
    @Property(tries = 10)
    void theScoreMovesWithThePicture(@ForAll @IntRange(max = 5000) int right, @ForAll @IntRange(max = 5000) int down) {
        ComputedPicture.Levels step =
                (x, y, channel) -> ComputedPicture.uniform(x, y, channel) * 20 + (x >= 256 ? 130 : 100);
        ComputedPicture here = new ComputedPicture(512, 256, step);
        ComputedPicture there =
                new ComputedPicture(512 + right, 256 + down, (x, y, channel) -> step.at(x - right, y - down, channel));
        List<Region> cores = List.of(new Region(0, 0, 256, 256), new Region(256, 0, 256, 256));
        List<Region> moved = List.of(new Region(right, down, 256, 256), new Region(right + 256, down, 256, 256));
        List<SeamScore.Segment> segments = new ArrayList<>();
        SeamScore.of(there, moved, segments::add);
        SeamScore one = SeamScore.of(here, cores);
        assertThat(segments.stream()
                        .filter(segment -> segment.line().equals(new Region(right + 255, down, 2, 64)))
                        .map(SeamScore.Segment::score))
                .containsExactly(one.worst().stream()
                        .filter(segment -> segment.line().y() == 0)
                        .findFirst()
                        .orElseThrow()
                        .score());
    }

    private static List<Region> grid(int width, int height) {
        List<Region> cores = new ArrayList<>();
        for (int y = 0; y < height; y += SIDE)
            for (int x = 0; x < width; x += SIDE) cores.add(new Region(x, y, SIDE, SIDE));
        return cores;
    }

    @Test
    void theControlSeesADecodersGridButNoSeam() {
        ComputedPicture.Levels step = (x, y, channel) -> (x / SIDE + y / SIDE) % 2 * 8;
        ComputedPicture seamed = ComputedPicture.noise(1024, 1024, 3).plus(step);
        assertThat(SeamScore.control(seamed, grid(1024, 1024)).mean()).isCloseTo(1, within(0.02));
        ComputedPicture.Levels blocks = (x, y, channel) -> (x / 8 + y / 8) % 2 * 8;
        ComputedPicture blocky = ComputedPicture.noise(1024, 1024, 3).plus(blocks);
        double border = SeamScore.of(blocky, grid(1024, 1024)).mean();
        assertThat(border).isGreaterThan(1.5);
        assertThat(SeamScore.control(blocky, grid(1024, 1024)).mean()).isCloseTo(border, within(0.02));
    }
}
