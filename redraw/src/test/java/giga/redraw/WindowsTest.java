package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Region;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowsTest {
    @Property(tries = 300)
    void windowsOfOneSizeCoverTheCanvas(
            @ForAll Join join,
            @ForAll @IntRange(min = 1, max = 200) int width,
            @ForAll @IntRange(min = 1, max = 200) int height,
            @ForAll @IntRange(min = 2, max = 64) int side,
            @ForAll @IntRange(max = 1000) int call) {
        Windows windows = new Windows(join == Join.PIXELS ? Join.SHIFTED : join, width, height, side, side / 3);
        boolean[] covered = new boolean[width * height];
        for (Region window : windows.at(call)) {
            assertThat(window.width()).isEqualTo(Math.min(side, width));
            assertThat(window.height()).isEqualTo(Math.min(side, height));
            assertThat(new Region(0, 0, width, height).contains(window)).isTrue();
            for (int y = window.y(); y < window.bottom(); y++)
                for (int x = window.x(); x < window.right(); x++) covered[y * width + x] = true;
        }
        assertThat(covered).doesNotContain(false);
        assertThat(windows.at(call)).doesNotHaveDuplicates().isEqualTo(windows.at(call));
    }

    @Property(tries = 100)
    void coresPartitionTheCanvas(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @IntRange(min = 1, max = 40) int core) {
        int[] times = new int[width * height];
        for (Region piece : new Windows(Join.SHIFTED, width, height, 8, 0).cores(core)) {
            assertThat(Math.max(piece.width(), piece.height())).isLessThanOrEqualTo(core);
            for (int y = piece.y(); y < piece.bottom(); y++)
                for (int x = piece.x(); x < piece.right(); x++) times[y * width + x]++;
        }
        assertThat(times).containsOnly(1);
    }

    /** The seed's poster: 896-px windows without overlap against 896-px tiles for cores of 768. */
    @Test
    void shiftedWindowsSendFewerPixelsThroughTheNetwork() {
        Request.Tiling tiling = new Request.Tiling(768, 128, 32, Request.Order.CHESS, 16, 1).joining(Join.SHIFTED);
        Windows windows = Windows.of(tiling, 8192, 11264);
        assertThat(windows.side()).isEqualTo(112);
        double perCall = 0;
        for (int call = 0; call < 17; call++) perCall += windows.at(call).size() / 17.0;
        long tiles = Grid.of(8192, 11264, tiling).tileCount();
        assertThat(tiles).isEqualTo(165);
        assertThat(perCall).isBetween(130.0, 145.0);
    }

    /** A border that lies where another call had one would show there again. */
    @Test
    void bordersHardlyEverReturn() {
        Windows windows = new Windows(Join.SHIFTED, 1000, 1000, 112, 16);
        Set<Integer> borders = new HashSet<>();
        int seen = 0;
        for (int call = 0; call < 20; call++) {
            List<Integer> starts = windows.at(call).stream()
                    .map(Region::x)
                    .filter(x -> x > 0 && x < 888)
                    .distinct()
                    .toList();
            borders.addAll(starts);
            seen += starts.size();
        }
        assertThat(borders.size()).isGreaterThan(seen * 9 / 10);
    }

    @Test
    void averagedWindowsStayAndCountMostInTheirMiddle() {
        Windows windows = new Windows(Join.AVERAGE, 300, 200, 112, 16);
        assertThat(windows.at(0)).isEqualTo(windows.at(7));
        assertThat(windows.weight(56, 112)).isCloseTo(1, org.assertj.core.data.Offset.offset(0.01f));
        assertThat(windows.weight(0, 112)).isBetween(1e-7f, 1e-4f).isEqualTo(windows.weight(111, 112));
    }
}
