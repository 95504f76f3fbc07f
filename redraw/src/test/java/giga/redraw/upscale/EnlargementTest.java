package giga.redraw.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.canvas.store.ChunkGrid;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.ZarrPicture;
import giga.diffusion.upscale.UpscalerFormula;
import giga.redraw.Upscaling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An enlargement block by block has the bytes of one that takes the whole picture through the network at once. */
class EnlargementTest {
    @Property(tries = 300)
    void blocksHaveTheBytesOfTheWhole(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @IntRange(min = 1, max = 4) int scale,
            @ForAll @IntRange(min = 0, max = 5) int halo,
            @ForAll @IntRange(min = 1, max = 2) int multiple,
            @ForAll @IntRange(min = 1, max = 50) int side,
            @ForAll @IntRange(min = 10, max = 70) int tenths,
            @ForAll @IntRange(min = 8, max = 40) int chunk,
            @ForAll Random random) {
        Pixels source = picture(width, height, random);
        Neighbourhood network = new Neighbourhood(scale, halo, side, multiple);
        ChunkGrid grid = new ChunkGrid(Math.max(1, width * tenths / 10), Math.max(1, height * tenths / 10), chunk);
        Pixels whole = whole(source, network, grid.width(), grid.height());

        Enlargement enlargement = new Enlargement(source, network, grid);
        long area = 0;
        for (Region block : enlargement.blocks()) {
            assertThat(enlargement.compute(block).rgb())
                    .as("%s", block)
                    .isEqualTo(whole.read(block).rgb());
            area += block.area();
        }
        assertThat(area).isEqualTo(grid.bounds().area());
        grid.chunks()
                .forEach(index -> assertThat(enlargement.block(index).contains(grid.region(index)))
                        .isTrue());
    }

    @Property(tries = 30)
    void windowsHaveOneSizeAndNoMoreThanBlocksNeed(
            @ForAll @IntRange(min = 100, max = 400) int width, @ForAll @IntRange(min = 1, max = 2) int multiple) {
        List<Region> seen = new ArrayList<>();
        Neighbourhood network = new Neighbourhood(4, 3, 32, multiple);
        Pixels source = picture(width, 60, new Random(1));
        ChunkGrid grid = new ChunkGrid(4 * width, 240, 64);
        Enlargement enlargement = new Enlargement(source, network.telling(seen), grid);
        enlargement.blocks().forEach(enlargement::compute);
        assertThat(seen.stream().map(Region::width).distinct().toList())
                .hasSizeLessThanOrEqualTo(multiple)
                .allMatch(side -> side <= 32 + 2 * 3 + 16);
    }

    /** In f32 libtorch may give other last bits for windows of other sizes; in 8 bits none of them shows. */
    @Test
    void aCompactNetworkGivesTheBytesOfTheWhole(@TempDir Path folder) {
        Path file = UpscalerFormula.compact(folder.resolve("upscaler.safetensors"), 24, 8, 4);
        try (DiffusionUpscaler network = DiffusionUpscaler.open(new Upscaling(file.toString(), "", 1, "f32"), "cpu")) {
            for (int side : new int[] {17, 40, 96}) {
                Pixels source = picture(150, 110, new Random(side));
                ChunkGrid grid = new ChunkGrid(600, 440, 4 * side);
                Enlargement enlargement = new Enlargement(source, new Small(network, side), grid);
                Pixels whole = network.upscale(source);
                assertThat(enlargement.blocks()).hasSizeGreaterThan(2);
                for (Region block : enlargement.blocks())
                    assertThat(enlargement.compute(block).rgb())
                            .as("%s", block)
                            .isEqualTo(whole.read(block).rgb());
            }
        }
    }

    private record Small(TileUpscaler network, int side) implements TileUpscaler {
        @Override
        public int scale() {
            return network.scale();
        }

        @Override
        public int halo() {
            return network.halo();
        }

        @Override
        public int multiple() {
            return network.multiple();
        }

        @Override
        public Pixels upscale(Pixels window) {
            return network.upscale(window);
        }
    }

    @Test
    void anInterruptedEnlargementIsGoneOnWithToTheSameBytes(@TempDir Path folder) {
        Pixels source = picture(300, 200, new Random(7));
        Neighbourhood network = new Neighbourhood(4, 2, 128, 1);
        ZarrPicture canvas = ZarrPicture.create(folder.resolve("canvas"), 900, 600);
        List<Integer> rows = new ArrayList<>();
        assertThatThrownBy(() -> new Enlargement(source, network, canvas.grid()).fill(canvas, done -> {
                    rows.add(done);
                    if (rows.size() == 2) throw new CancellationException();
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(canvas.grid().chunks().filter(canvas::hasChunk)).hasSize(2);

        rows.clear();
        List<Region> seen = new ArrayList<>();
        new Enlargement(source, network.telling(seen), canvas.grid()).fill(canvas, rows::add);
        assertThat(seen).hasSize(2);
        assertThat(rows).endsWith(600).isSortedAccordingTo(Integer::compare);
        assertThat(canvas.read(canvas.bounds()).rgb())
                .isEqualTo(whole(source, network, 900, 600).rgb());
        assertThat(canvas.hasChunk(new ChunkIndex(1, 1))).isTrue();
    }

    /** What A1111 does with all of the picture in memory. */
    private static Pixels whole(Pixels source, TileUpscaler network, int width, int height) {
        Pixels upscaled = source;
        do {
            upscaled = network.upscale(upscaled);
        } while (network.scale() > 1 && (upscaled.width() < width || upscaled.height() < height));
        return Resample.resize(upscaled, width, height, Filter.LANCZOS);
    }

    private static Pixels picture(int width, int height, Random random) {
        Pixels pixels = new Pixels(width, height);
        random.nextBytes(pixels.rgb());
        return pixels;
    }

    /**
     * A sum over the neighbourhood with zeros beyond the rim, as convolutions have them, told apart by the place within an
     * upscaled pixel and within a group.
     */
    private record Neighbourhood(int scale, int halo, int side, int multiple) implements TileUpscaler {
        @Override
        public Pixels upscale(Pixels window) {
            Pixels out = new Pixels(scale * window.width(), scale * window.height());
            for (int y = 0; y < out.height(); y++)
                for (int x = 0; x < out.width(); x++)
                    for (int c = 0; c < 3; c++) out.rgb()[3 * (y * out.width() + x) + c] = (byte) sum(window, x, y, c);
            return out;
        }

        private int sum(Pixels window, int x, int y, int c) {
            int sum = 7 * (x % scale) + 3 * (y % scale) + x / scale % multiple + 5 * (y / scale % multiple);
            int cx = x / scale;
            int cy = y / scale;
            for (int dx = -halo; dx <= halo; dx++) sum += (dx + halo + 1) * at(window, cx + dx, cy, c);
            for (int dy = -halo; dy <= halo; dy++) sum += (2 * dy + 1) * at(window, cx, cy + dy, c);
            return sum;
        }

        private static int at(Pixels window, int x, int y, int c) {
            return x < 0 || y < 0 || x >= window.width() || y >= window.height() ? 0 : window.sample(x, y, c);
        }

        TileUpscaler telling(List<Region> seen) {
            Neighbourhood network = this;
            return new TileUpscaler() {
                @Override
                public int scale() {
                    return scale;
                }

                @Override
                public int halo() {
                    return halo;
                }

                @Override
                public int side() {
                    return side;
                }

                @Override
                public int multiple() {
                    return multiple;
                }

                @Override
                public Pixels upscale(Pixels window) {
                    seen.add(window.bounds());
                    return network.upscale(window);
                }
            };
        }
    }
}
