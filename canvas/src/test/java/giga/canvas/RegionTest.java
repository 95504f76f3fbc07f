package giga.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RegionTest {
    @Test
    void refusesEmptyAndOverflowing() {
        assertThatThrownBy(() -> new Region(0, 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Region(Integer.MAX_VALUE, 0, 2, 1)).isInstanceOf(ArithmeticException.class);
    }

    @Property
    void theIntersectionLiesInBoth(
            @ForAll @IntRange(min = -50, max = 50) int x,
            @ForAll @IntRange(min = -50, max = 50) int y,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int height) {
        Region a = new Region(x, y, width, height);
        Region b = new Region(0, 0, 20, 30);
        if (!a.intersects(b)) return;
        Region both = a.intersection(b);
        assertThat(a.contains(both)).isTrue();
        assertThat(b.contains(both)).isTrue();
    }
}
