package giga.canvas.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.PixelsInMemory;
import giga.canvas.Region;
import giga.canvas.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZarrPictureTest {
    @Test
    void isBlackUntilWritten(@TempDir Path folder) {
        ZarrPicture picture = ZarrPicture.create(folder.resolve("p"), 700, 600);
        assertThat(picture.read(new Region(500, 500, 100, 100)).rgb()).containsOnly(0);
        assertThat(picture.hasChunk(new ChunkIndex(0, 0))).isFalse();
    }

    @Test
    void keepsChunksAtTheRimInFullSizeAndChecksummed(@TempDir Path folder) throws IOException {
        ZarrPicture picture = ZarrPicture.create(folder.resolve("p"), 513, 512);
        Pixels noise = PixelsInMemory.noise(1, 512, 1);
        picture.writeChunk(new ChunkIndex(1, 0), noise);
        Path file = folder.resolve("p/c/0/1/0");
        assertThat(file).hasSize(512 * 512 * 3 + 4);
        assertThat(Files.list(file.getParent())).containsExactly(file);
        assertThat(ZarrPicture.open(folder.resolve("p"))
                        .readChunk(new ChunkIndex(1, 0))
                        .rgb())
                .isEqualTo(noise.rgb());
    }

    @Property(tries = 30)
    void readsWhatAnArrayWouldHold(
            @ForAll @IntRange(min = 1, max = 50) int width,
            @ForAll @IntRange(min = 1, max = 50) int height,
            @ForAll @IntRange(min = 7, max = 30) int side,
            @ForAll long seed) {
        try (Scratch scratch = Scratch.create()) {
            ZarrPicture picture = ZarrPicture.create(scratch.resolve("p"), width, height, side);
            Pixels array = new Pixels(width, height);
            Random random = new Random(seed);
            for (int i = 0; i < 4; i++) {
                Region region = anyRegion(random, width, height);
                Pixels pixels = PixelsInMemory.noise(region.width(), region.height(), seed + i);
                picture.write(region.x(), region.y(), pixels);
                PixelsInMemory.write(array, region.x(), region.y(), pixels);
            }
            ZarrPicture again = ZarrPicture.open(scratch.resolve("p"));
            for (int i = 0; i < 4; i++) {
                Region region = anyRegion(random, width, height);
                assertThat(again.read(region).rgb())
                        .isEqualTo(array.read(region).rgb());
            }
        }
    }

    @Property(tries = 10)
    void findsEveryFlippedBitAndEveryCut(@ForAll @IntRange(min = 10, max = 30) int side, @ForAll long seed)
            throws IOException {
        try (Scratch scratch = Scratch.create()) {
            ZarrPicture picture = ZarrPicture.create(scratch.resolve("p"), 40, 40, side);
            picture.write(0, 0, PixelsInMemory.noise(40, 40, seed));
            List<ChunkIndex> chunks = picture.grid().chunks().toList();
            Random random = new Random(seed);
            for (int i = 0; i < 20; i++) {
                ChunkIndex index = chunks.get(random.nextInt(chunks.size()));
                Path file = scratch.resolve("p/c/" + index.row() + "/" + index.column() + "/0");
                byte[] good = Files.readAllBytes(file);
                Files.delete(file);
                Files.write(file, damaged(good, random));
                assertThatThrownBy(() -> picture.read(picture.bounds()))
                        .isInstanceOfSatisfying(DamagedChunkException.class, e -> {
                            assertThat(e.index()).isEqualTo(index);
                            assertThat(e.file()).isEqualTo(file);
                            assertThat(e).hasMessageContaining(file.toString());
                        });
                Region region = picture.grid().region(index);
                picture.writeChunk(index, new Pixels(region.width(), region.height()));
                assertThat(picture.readChunk(index).rgb()).containsOnly(0);
            }
        }
    }

    private static byte[] damaged(byte[] good, Random random) {
        if (random.nextInt(4) == 0) return Arrays.copyOf(good, random.nextInt(good.length));
        byte[] bytes = good.clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    @Test
    void losesNothingWhenThreadsWritePartsOfTheSameChunks() throws Exception {
        try (Scratch scratch = Scratch.create();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            ZarrPicture picture = ZarrPicture.create(scratch.resolve("p"), 64, 64, 32);
            Pixels expected = PixelsInMemory.noise(64, 64, 5);
            List<? extends Future<?>> columns = Stream.iterate(0, x -> x < 64, x -> x + 2)
                    .map(x -> threads.submit(() -> picture.write(x, 0, expected.read(new Region(x, 0, 2, 64)))))
                    .toList();
            for (Future<?> column : columns) column.get();
            assertThat(picture.read(picture.bounds()).rgb()).isEqualTo(expected.rgb());
        }
    }

    @Test
    void aReaderNeverSeesHalfAChunk() throws Exception {
        try (Scratch scratch = Scratch.create();
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            ZarrPicture picture = ZarrPicture.create(scratch.resolve("p"), 64, 64, 64);
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < 150; i++) {
                    Pixels flat = new Pixels(64, 64);
                    Arrays.fill(flat.rgb(), (byte) i);
                    picture.write(0, 0, flat);
                }
            });
            while (!writing.isDone()) {
                byte[] seen = picture.read(picture.bounds()).rgb();
                assertThat(seen).containsOnly(seen[0]);
            }
            writing.get();
        }
    }

    @Test
    void aLinkedChunkStaysAsItWasWhenEitherPictureIsRewritten(@TempDir Path folder) throws IOException {
        ZarrPicture before = ZarrPicture.create(folder.resolve("before"), 8, 8, 8);
        ZarrPicture after = ZarrPicture.create(folder.resolve("after"), 8, 8, 8);
        ChunkIndex index = new ChunkIndex(0, 0);
        Pixels old = PixelsInMemory.noise(8, 8, 1);
        Pixels changed = PixelsInMemory.noise(8, 8, 2);
        before.write(0, 0, old);
        after.linkChunk(index, before);
        after.linkChunk(index, before);
        assertThat(Files.isSameFile(folder.resolve("before/c/0/0/0"), folder.resolve("after/c/0/0/0")))
                .isTrue();
        assertThat(Files.list(folder.resolve("after/c/0/0"))).hasSize(1);
        after.write(0, 0, changed);
        assertThat(before.readChunk(index).rgb()).isEqualTo(old.rgb());
        assertThat(after.readChunk(index).rgb()).isEqualTo(changed.rgb());
    }

    @Test
    void linkingAChunkThatWasNeverWrittenMakesItBlack(@TempDir Path folder) {
        ZarrPicture before = ZarrPicture.create(folder.resolve("before"), 8, 8, 8);
        ZarrPicture after = ZarrPicture.create(folder.resolve("after"), 8, 8, 8);
        after.write(0, 0, PixelsInMemory.noise(8, 8, 1));
        after.linkChunk(new ChunkIndex(0, 0), before);
        assertThat(after.hasChunk(new ChunkIndex(0, 0))).isFalse();
    }

    @Test
    void aChunkMissingFromACompletePictureIsDamage(@TempDir Path folder) {
        ZarrPicture picture = ZarrPicture.create(folder, 20, 10, 8);
        picture.grid().chunks().filter(index -> index.column() != 1).forEach(index -> {
            Region region = picture.grid().region(index);
            picture.writeChunk(index, new Pixels(region.width(), region.height()));
        });
        ZarrPicture complete = ZarrPicture.openComplete(folder);
        assertThat(complete.read(new Region(0, 0, 8, 10)).rgb()).containsOnly(0);
        assertThatThrownBy(() -> complete.read(complete.bounds()))
                .isInstanceOfSatisfying(
                        DamagedChunkException.class,
                        damage -> assertThat(damage.index()).isEqualTo(new ChunkIndex(1, 0)))
                .hasMessageContaining("is missing");
        complete.grid().chunks().filter(index -> index.column() == 1).forEach(index -> {
            Region region = complete.grid().region(index);
            complete.writeChunk(index, new Pixels(region.width(), region.height()));
        });
        assertThat(complete.read(complete.bounds()).rgb()).containsOnly(0);
    }

    @Test
    void aDescriptionCanBeWrittenAnew(@TempDir Path folder) throws IOException {
        ZarrPicture picture = ZarrPicture.create(folder, 20, 10);
        Pixels pixels = new Pixels(20, 10);
        pixels.rgb()[7] = 9;
        picture.write(0, 0, pixels);
        Files.writeString(folder.resolve("zarr.json"), "{");
        ZarrPicture.describe(folder, 20, 10);
        assertThat(ZarrPicture.open(folder).read(new Region(0, 0, 20, 10)).rgb())
                .isEqualTo(pixels.rgb());
    }

    @Test
    void refusesToWriteIntoAFolderThatIsNotItsOwn(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("letter.txt"), "dear");
        assertThatThrownBy(() -> ZarrPicture.create(folder, 8, 8))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> ZarrPicture.create(folder.resolve("letter.txt"), 8, 8))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("a file is in the way");
        assertThatThrownBy(() -> ZarrPicture.create(folder.resolve("p"), 0, 8)).isInstanceOf(PictureException.class);
        assertThat(folder.resolve("p")).doesNotExist();
    }

    @Test
    void aFailedWriteNamesTheFolderAndTheSpaceAndLeavesNothing(@TempDir Path folder) throws IOException {
        ZarrPicture picture = ZarrPicture.create(folder.resolve("p"), 600, 8);
        Files.createDirectories(folder.resolve("p/c"));
        Files.writeString(folder.resolve("p/c/0"), "in the way");
        assertThatThrownBy(() -> picture.write(0, 0, new Pixels(8, 8)))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining(folder.resolve("p").toString())
                .hasMessageContaining("up to 2 MB");
        assertThat(Files.list(folder.resolve("p/c"))).hasSize(1);
    }

    @Test
    void aFolderInAChunksPlaceIsDamageNotACrash(@TempDir Path folder) throws IOException {
        ZarrPicture picture = ZarrPicture.create(folder.resolve("p"), 8, 8);
        Files.createDirectories(folder.resolve("p/c/0/0/0/x"));
        assertThatThrownBy(() -> picture.read(picture.bounds())).isInstanceOf(DamagedChunkException.class);
        assertThatThrownBy(() -> picture.write(0, 0, new Pixels(8, 8))).isInstanceOf(PictureException.class);
        assertThat(Files.list(folder.resolve("p/c/0/0"))).hasSize(1);
    }

    @Test
    void aPictureThatVanishedIsNotBlackAndNotMadeAnew(@TempDir Path folder) throws IOException {
        Path directory = folder.resolve("p");
        ZarrPicture picture = ZarrPicture.create(directory, 8, 8);
        Files.delete(directory.resolve("zarr.json"));
        Files.delete(directory);
        assertThatThrownBy(() -> picture.read(picture.bounds()))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining(directory + " is gone");
        assertThatThrownBy(() -> picture.write(0, 0, new Pixels(8, 8))).hasMessageContaining(directory + " is gone");
        assertThat(directory).doesNotExist();
    }

    @Test
    void anInterruptedThreadStopsWithASentenceAndLeavesNothing(@TempDir Path folder) throws IOException {
        ZarrPicture picture = ZarrPicture.create(folder.resolve("p"), 8, 8);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> picture.write(0, 0, new Pixels(8, 8)))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.list(folder.resolve("p/c/0/0"))).isEmpty();
    }

    @Test
    void refusesRegionsOutsideBeforeItAllocates(@TempDir Path folder) {
        ZarrPicture picture = ZarrPicture.create(folder.resolve("p"), 8, 8);
        assertThatThrownBy(() -> picture.read(new Region(0, 0, 20_000, 20_000)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> picture.write(1, 0, new Pixels(8, 8))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> picture.writeChunk(new ChunkIndex(0, 0), new Pixels(7, 8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Region anyRegion(Random random, int width, int height) {
        int x = random.nextInt(width);
        int y = random.nextInt(height);
        return new Region(x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(height - y));
    }
}
