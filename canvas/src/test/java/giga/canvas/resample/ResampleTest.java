package giga.canvas.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.PixelsInMemory;
import giga.canvas.Region;
import giga.canvas.Scratch;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.DamagedChunkException;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResampleTest {
    @Property(tries = 300)
    void anyRegionHasTheBytesItHasInTheWhole(
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 80) int newWidth,
            @ForAll @IntRange(min = 1, max = 80) int newHeight,
            @ForAll Filter filter,
            @ForAll long seed) {
        Pixels source = PixelsInMemory.noise(width, height, seed);
        Pixels whole = Resample.resize(source, newWidth, newHeight, filter);
        Random random = new Random(seed);
        int x = random.nextInt(newWidth);
        int y = random.nextInt(newHeight);
        Region region = new Region(x, y, 1 + random.nextInt(newWidth - x), 1 + random.nextInt(newHeight - y));
        assertThat(Resample.resized(source, newWidth, newHeight, filter)
                        .read(region)
                        .rgb())
                .isEqualTo(whole.read(region).rgb());
    }

    @Property(tries = 25)
    void streamedEqualsInMemory(
            @ForAll @IntRange(min = 1, max = 1400) int width,
            @ForAll @IntRange(min = 1, max = 1400) int height,
            @ForAll @IntRange(min = 1, max = 1400) int newWidth,
            @ForAll @IntRange(min = 1, max = 1400) int newHeight,
            @ForAll Filter filter,
            @ForAll long seed) {
        try (Scratch scratch = Scratch.create()) {
            Pixels source = PixelsInMemory.noise(width, height, seed);
            ZarrPicture in = ZarrPicture.create(scratch.resolve("in"), width, height);
            in.write(0, 0, source);
            ZarrPicture out = ZarrPicture.create(scratch.resolve("out"), newWidth, newHeight);
            Resample.resize(in, out, filter, _ -> {});
            assertThat(out.read(out.bounds()).rgb())
                    .isEqualTo(
                            Resample.resize(source, newWidth, newHeight, filter).rgb());
        }
    }

    @Test
    void piecesOfColumnsMeetAsStripsOfRowsDo() {
        Pixels source = PixelsInMemory.noise(9000, 1100, 7);
        Pixels reduced = Resample.resize(source, 900, 1100, Filter.LANCZOS);
        Pixels turnedReduced = Resample.resize(turned(source), 1100, 900, Filter.LANCZOS);
        assertThat(turned(turnedReduced).rgb()).isEqualTo(reduced.rgb());
    }

    @Test
    void boxByAWholeFactorIsTheAreaAverage() {
        Pixels source = PixelsInMemory.noise(12, 3, 3);
        Pixels reduced = Resample.resize(source, 4, 3, Filter.BOX);
        for (int x = 0; x < 4; x++) {
            int sum = source.sample(3 * x, 1, 2) + source.sample(3 * x + 1, 1, 2) + source.sample(3 * x + 2, 1, 2);
            assertThat(reduced.sample(x, 1, 2)).isEqualTo(Math.round(sum / 3f));
        }
    }

    @Test
    void reportsRowsAndGoesOnAfterACancelWithoutTouchingWhatIsDone(@TempDir Path folder) throws IOException {
        Pixels source = PixelsInMemory.noise(300, 1100, 11);
        ZarrPicture out = ZarrPicture.create(folder.resolve("out"), 600, 2200);
        assertThatThrownBy(() -> Resample.resize(source, out, Filter.LANCZOS, rows -> {
                    if (rows >= 512) throw new CancellationException();
                }))
                .isInstanceOf(CancellationException.class);
        List<ChunkIndex> done = out.grid().chunks().filter(out::hasChunk).toList();
        assertThat(done).contains(new ChunkIndex(0, 0), new ChunkIndex(1, 0)).doesNotContain(new ChunkIndex(0, 4));
        Path first = folder.resolve("out/c/0/0/0");
        Files.setLastModifiedTime(first, FileTime.fromMillis(0));

        List<Integer> rows = new ArrayList<>();
        Resample.resize(source, out, Filter.LANCZOS, rows::add);
        assertThat(rows).containsExactly(512, 1024, 1536, 2048, 2200);
        assertThat(Files.getLastModifiedTime(first)).isEqualTo(FileTime.fromMillis(0));
        assertThat(out.read(out.bounds()).rgb())
                .isEqualTo(Resample.resize(source, 600, 2200, Filter.LANCZOS).rgb());
    }

    @Test
    void aDamagedSourceStopsTheWorkAndIsNamed(@TempDir Path folder) throws IOException {
        ZarrPicture in = ZarrPicture.create(folder.resolve("in"), 600, 600);
        in.write(0, 0, PixelsInMemory.noise(600, 600, 1));
        Path file = folder.resolve("in/c/1/1/0");
        byte[] bytes = Files.readAllBytes(file);
        bytes[77] ^= 4;
        Files.write(file, bytes);
        ZarrPicture out = ZarrPicture.create(folder.resolve("out"), 1200, 1200);
        assertThatThrownBy(() -> Resample.resize(in, out, Filter.LANCZOS, _ -> {}))
                .isInstanceOfSatisfying(
                        DamagedChunkException.class, e -> assertThat(e.index()).isEqualTo(new ChunkIndex(1, 1)));
    }

    @Test
    void noReadIsLargerThanAFewMegabytesHoweverLargeThePicture(@TempDir Path folder) {
        AtomicLong largest = new AtomicLong();
        Picture endless = new Picture() {
            @Override
            public int width() {
                return 1 << 17;
            }

            @Override
            public int height() {
                return 1 << 17;
            }

            @Override
            public Pixels read(Region region) {
                largest.accumulateAndGet(region.area(), Math::max);
                return new Pixels(region.width(), region.height());
            }
        };
        for (int size : new int[] {1 << 18, 1 << 15, 1 << 10})
            Resample.resized(endless, size, size, Filter.LANCZOS).read(new Region(size / 2, size / 2, 96, 8));
        assertThat(largest.get()).isLessThan(3 << 20);
    }

    @Test
    void refusesSizesNoPictureCanHave() {
        Pixels source = new Pixels(8, 8);
        for (int side : new int[] {0, -1, Integer.MAX_VALUE})
            assertThatThrownBy(() -> Resample.resize(source, side, 8, Filter.BOX))
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining(side + "x8");
    }

    private static Pixels turned(Pixels pixels) {
        Pixels turned = new Pixels(pixels.height(), pixels.width());
        for (int y = 0; y < pixels.height(); y++)
            for (int x = 0; x < pixels.width(); x++)
                System.arraycopy(
                        pixels.rgb(), 3 * (y * pixels.width() + x), turned.rgb(), 3 * (x * pixels.height() + y), 3);
        return turned;
    }
}
