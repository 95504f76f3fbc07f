package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RegionIndexTest {
    @Property(tries = 300)
    void findsWhatAScanFinds(
            @ForAll @IntRange(min = 1, max = 3000) int width,
            @ForAll @IntRange(min = 1, max = 3000) int height,
            @ForAll @IntRange(max = 60) int count,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < count; i++) regions.add(region(width, height, random));
        RegionIndex<Region> index = new RegionIndex<>(width, height, regions, Function.identity());
        for (int i = 0; i < 20; i++) {
            Region wanted = region(width, height, random);
            assertThat(index.touching(wanted))
                    .isEqualTo(regions.stream().filter(wanted::intersects).toList());
        }
    }

    private static Region region(int width, int height, Random random) {
        int x = random.nextInt(width);
        int y = random.nextInt(height);
        return new Region(x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(height - y));
    }

    @Test
    void looksAtAFewOfAMillion() {
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) regions.add(new Region(i % 1000 * 64, i / 1000 * 64, 64, 64));
        AtomicLong looks = new AtomicLong();
        RegionIndex<Region> index = new RegionIndex<>(64_000, 64_000, regions, region -> {
            looks.incrementAndGet();
            return region;
        });
        looks.set(0);
        assertThat(index.touching(new Region(31_960, 512, 512, 512))).hasSize(9 * 8);
        assertThat(looks.get()).isLessThan(200);
    }
}
