package giga.canvas.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Region;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChunkGridTest {
    @Test
    void cutsThePosterIntoChunks() {
        ChunkGrid grid = new ChunkGrid(32768, 40961, 512);
        assertThat(grid.columns()).isEqualTo(64);
        assertThat(grid.rows()).isEqualTo(81);
        assertThat(grid.region(new ChunkIndex(63, 80))).isEqualTo(new Region(32256, 40960, 512, 1));
        assertThat(grid.touching(new Region(511, 512, 2, 512)))
                .containsExactly(new ChunkIndex(0, 1), new ChunkIndex(1, 1));
    }

    @Test
    void refusesWhatLiesOutside() {
        ChunkGrid grid = new ChunkGrid(10, 10, 4);
        assertThatThrownBy(() -> grid.region(new ChunkIndex(3, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> grid.touching(new Region(0, 9, 1, 2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChunkGrid(1, 0, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300)
    void chunksPartitionThePicture(
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 70) int side) {
        ChunkGrid grid = new ChunkGrid(width, height, side);
        int[] covered = new int[width * height];
        for (ChunkIndex index : grid.chunks().toList()) {
            Region region = grid.region(index);
            for (int y = region.y(); y < region.bottom(); y++)
                for (int x = region.x(); x < region.right(); x++) covered[y * width + x]++;
        }
        assertThat(covered).containsOnly(1);
        assertThat(grid.chunks().count()).isEqualTo(grid.count());
    }

    @Property(tries = 300)
    void touchingFindsExactlyTheChunksThatIntersect(
            @ForAll @IntRange(min = 0, max = 39) int x,
            @ForAll @IntRange(min = 0, max = 29) int y,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 30) int height,
            @ForAll @IntRange(min = 1, max = 45) int side) {
        ChunkGrid grid = new ChunkGrid(40, 30, side);
        Region region = new Region(x, y, width, height).intersection(grid.bounds());
        List<ChunkIndex> expected = grid.chunks()
                .filter(index -> grid.region(index).intersects(region))
                .toList();
        assertThat(grid.touching(region)).containsExactlyElementsOf(expected);
    }
}
