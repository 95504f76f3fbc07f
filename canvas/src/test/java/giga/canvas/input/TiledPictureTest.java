package giga.canvas.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.output.TiffCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiledPictureTest {
    @TempDir
    Path folder;

    @Test
    void anyRegionOfAnyStoredPictureIsAsInTheCopy() throws IOException {
        StoredPictures.unpack(folder, "");
        List<Path> pictures = new ArrayList<>(StoredPictures.in(folder)
                .filter(path -> !path.getFileName().toString().startsWith("refused"))
                .toList());
        for (String name : PictureFileTest.pictures()) pictures.add(PictureFileTest.picture(name));
        for (String name : List.of("strips", "tiles", "plane-tiles", "one-strip-16", "one-plain-strip"))
            pictures.add(PictureFileTest.picture("tall/" + name + ".tif"));
        int direct = 0;
        for (Path path : pictures)
            try (PictureFile file = PictureFile.open(path)) {
                Optional<Picture> picture = file.picture();
                if (picture.isEmpty()) continue;
                direct++;
                assertRegionsAreAsInTheCopy(picture.get(), file.read(), new Random(direct));
            }
        assertThat(direct).isGreaterThan(100);
    }

    private static void assertRegionsAreAsInTheCopy(Picture picture, Pixels whole, Random random) {
        assertThat(picture.bounds()).isEqualTo(whole.bounds());
        assertThat(picture.read(picture.bounds()).rgb()).isEqualTo(whole.rgb());
        IntStream.range(0, 20).mapToObj(_ -> part(whole.bounds(), random)).toList().parallelStream()
                .forEach(part -> assertThat(picture.read(part).rgb())
                        .as("%s", part)
                        .isEqualTo(whole.read(part).rgb()));
    }

    private static Region part(Region whole, Random random) {
        int x = random.nextInt(whole.width());
        int y = random.nextInt(whole.height());
        return new Region(x, y, 1 + random.nextInt(whole.width() - x), 1 + random.nextInt(whole.height() - y));
    }

    @ParameterizedTest
    @EnumSource(TiffCompression.class)
    void soAreRegionsOfLargerTiffsInTiles(TiffCompression compression) {
        Pixels pixels = noise(1100, 1300);
        Path path = folder.resolve("picture.tif");
        PictureMetadata metadata = new PictureMetadata(Optional.empty(), OptionalDouble.empty(), Map.of(), compression);
        PictureWriter.write(pixels, path, metadata, _ -> {});
        try (PictureFile file = PictureFile.open(path)) {
            assertRegionsAreAsInTheCopy(file.picture().orElseThrow(), pixels, new Random(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"picture.dzi", "picture.zarr"})
    void andOfPicturesInManyFiles(String name) {
        Pixels pixels = noise(700, 530);
        PictureWriter.write(pixels, folder.resolve(name), PictureMetadata.NONE, _ -> {});
        try (PictureFile file = PictureFile.open(folder.resolve(name))) {
            assertRegionsAreAsInTheCopy(file.picture().orElseThrow(), file.read(), new Random(1));
        }
    }

    @Test
    void bandsDecodeEachTileOnce() {
        List<Region> made = new ArrayList<>();
        Pixels pixels = new Pixels(1, 1);
        TileCache cache = new TileCache(3 * 4 * 100, tile -> {
            made.add(tile);
            return pixels;
        });
        for (int band = 0; band < 3; band++) for (int x = 0; x < 4; x++) cache.get(new Region(10 * x, 0, 10, 10));
        assertThat(made).hasSize(4);
        cache.get(new Region(0, 10, 10, 10));
        cache.get(new Region(0, 0, 10, 10));
        assertThat(made).hasSize(6);
    }

    @Test
    void aDamagedTileIsToldWithTheFilesName() throws IOException {
        Path path = folder.resolve("picture.tif");
        PictureWriter.write(noise(1100, 600), path, PictureMetadata.NONE, _ -> {});
        byte[] bytes = Files.readAllBytes(path);
        for (int i = 100_000; i < 110_000; i++) bytes[i] = 0;
        Files.write(path, bytes);
        try (PictureFile file = PictureFile.open(path)) {
            Picture picture = file.picture().orElseThrow();
            for (int turn = 0; turn < 2; turn++)
                assertThatThrownBy(() -> picture.read(picture.bounds()))
                        .isInstanceOf(PictureException.class)
                        .hasMessageContaining("picture.tif: the picture is damaged");
        }
    }

    private static Pixels noise(int width, int height) {
        Pixels pixels = new Pixels(width, height);
        new Random(width).nextBytes(pixels.rgb());
        return pixels;
    }
}
