package giga.redraw.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CoverageTest {
    @Test
    void aGigapixelGridIsAPartition() {
        List<Region> cores = new ArrayList<>();
        for (int y = 0; y < 400_000; y += 1000)
            for (int x = 0; x < 300_000; x += 1000) cores.add(new Region(x, y, 1000, 1000));
        Coverage whole = Coverage.of(new Region(0, 0, 300_000, 400_000), cores);
        assertThat(whole.isPartition()).isTrue();
        assertThat(whole.share()).isEqualTo(1);
        cores.set(17, new Region(17_000, 0, 999, 1000));
        Coverage gap = Coverage.of(new Region(0, 0, 300_000, 400_000), cores);
        assertThat(gap.covered()).isEqualTo(120_000_000_000L - 1000);
        assertThat(gap.isPartition()).isFalse();
    }

    @Property(tries = 500)
    void countsAreThoseOfCountingPixels(@ForAll("cores") List<Region> cores) {
        Region bounds = new Region(0, 0, 20, 15);
        int[] depth = new int[20 * 15];
        for (Region core : cores)
            for (int y = Math.max(0, core.y()); y < Math.min(15, core.bottom()); y++)
                for (int x = Math.max(0, core.x()); x < Math.min(20, core.right()); x++) depth[y * 20 + x]++;
        long covered = 0;
        long overlapping = 0;
        for (int count : depth) {
            if (count >= 1) covered++;
            if (count >= 2) overlapping++;
        }
        assertThat(Coverage.of(bounds, cores)).isEqualTo(new Coverage(300, covered, overlapping));
    }

    @Provide
    Arbitrary<List<Region>> cores() {
        Arbitrary<Integer> start = Arbitraries.integers().between(-5, 22);
        Arbitrary<Integer> length = Arbitraries.integers().between(1, 12);
        return Combinators.combine(start, start, length, length)
                .as(Region::new)
                .list()
                .ofMaxSize(9);
    }
}
