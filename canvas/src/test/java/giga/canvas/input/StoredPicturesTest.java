package giga.canvas.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zarr folders and deep zoom pictures of other people's programs. */
class StoredPicturesTest {
    @TempDir
    Path folder;

    private Path unpacked(String name) throws IOException {
        StoredPictures.unpack(folder, name + "/", name + ".", name + "_files/");
        return folder.resolve(name);
    }

    @Test
    void decodesToTheExpectedPixels() throws IOException {
        StoredPictures.unpack(folder, "");
        List<Path> pictures = StoredPictures.in(folder)
                .filter(path -> !path.getFileName()
                        .toString()
                        .matches("refused.*|grey|rgba|fill|soft.*|tiff-(rgba|grey|inverted).*"))
                .toList();
        assertThat(pictures).hasSizeGreaterThan(80);
        for (Path picture : pictures)
            assertThat(read(picture).rgb())
                    .as(picture.toString())
                    .isEqualTo(StoredPictures.expected().rgb());
    }

    @Test
    void greyAndTransparentPicturesAreAsInOtherFormats() throws IOException {
        Pixels rgb = StoredPictures.expected();
        Pixels grey = read(unpacked("grey"));
        Pixels rgba = read(unpacked("rgba"));
        StoredPictures.unpack(folder, "tiff-");
        assertThat(read(folder.resolve("tiff-grey.tif")).rgb()).isEqualTo(grey.rgb());
        assertThat(read(folder.resolve("tiff-inverted.tif")).rgb()).isEqualTo(grey.rgb());
        assertThat(read(folder.resolve("tiff-rgba.tif")).rgb()).isEqualTo(rgba.rgb());
        for (int y = 0; y < 29; y++)
            for (int x = 0; x < 37; x++)
                for (int c = 0; c < 3; c++) {
                    assertThat(grey.sample(x, y, c)).isEqualTo(rgb.sample(x, y, 0));
                    int alpha = 255 - x * y % 256;
                    assertThat(rgba.sample(x, y, c))
                            .isEqualTo(Math.round((rgb.sample(x, y, c) * alpha + 255f * (255 - alpha)) / 255));
                }
    }

    @ParameterizedTest
    @CsvSource({"soft-luma.tif", "soft-strips.tif", "soft-rgb.tif"})
    void tilesMayBeJpegs(String name) throws IOException {
        StoredPictures.unpack(folder, name);
        Pixels soft = new Pixels(37, 29);
        for (int y = 0, i = 0; y < 29; y++)
            for (int x = 0; x < 37; x++) {
                soft.rgb()[i++] = (byte) (2 * x + y);
                soft.rgb()[i++] = (byte) (90 + x);
                soft.rgb()[i++] = (byte) (200 - 2 * y);
            }
        assertThat(PictureFileTest.meanDifference(read(folder.resolve(name)).rgb(), soft.rgb()))
                .isLessThan(2);
    }

    @Test
    void chunksThatAreNotThereAreOfTheFillValue() throws IOException {
        Pixels pixels = read(unpacked("fill"));
        assertThat(folder.resolve("fill/c/1/1/0")).doesNotExist();
        assertThat(pixels.sample(20, 20, 1)).isEqualTo(9);
        assertThat(pixels.sample(15, 20, 1)).isEqualTo(StoredPictures.expected().sample(15, 20, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "refused-blosc, blosc",
        "refused-v2-blosc, blosc",
        "refused-uint16, uint16",
    })
    void namesWhatIsNotReadHere(String name, String named) throws IOException {
        assertRefused(unpacked(name), named);
    }

    @Test
    void readsItsOwnStoreAndTellsTheRows() throws IOException {
        ZarrPicture stored = ZarrPicture.createChannelsFirst(folder.resolve("own"), 1300, 1100);
        Pixels pixels = new Pixels(1300, 1100);
        for (int i = 0; i < pixels.rgb().length; i++) pixels.rgb()[i] = (byte) (i * 31 + i / 1300);
        stored.write(0, 0, pixels);
        assertThat(read(folder.resolve("own")).rgb()).isEqualTo(pixels.rgb());
        List<Integer> rows = new ArrayList<>();
        try (PictureFile file = PictureFile.open(folder.resolve("own"))) {
            file.copyTo((x, y, block) -> {}, rows::add);
        }
        assertThat(rows).isSorted().last().isEqualTo(1100);
    }

    @Test
    void aMissingTileIsNamed() throws IOException {
        unpacked("dz-even");
        unpacked("dz-overlap");
        Files.delete(folder.resolve("dz-even_files/6/1_1.png"));
        assertRefused(folder.resolve("dz-even.dzi"), "6/1_1.png is missing");
        Files.delete(folder.resolve("dz-overlap_files/6/0_0.png"));
        assertRefused(folder.resolve("dz-overlap.dzi"), "6/0_0.png is missing");
    }

    @Test
    void aTileOfAnotherSizeIsNamed() throws IOException {
        unpacked("dz-even");
        Path dzi = folder.resolve("dz-even.dzi");
        Files.writeString(dzi, Files.readString(dzi).replaceAll("Width *= *\"37\"", "Width=\"38\""));
        assertRefused(dzi, "5x16");
        Files.writeString(dzi, Files.readString(dzi).replaceAll("Width *= *\"38\"", "Width=\"2147483647\""));
        assertRefused(dzi, "Width");
    }

    @Test
    void anArrayThatLiesAboutItsSizeIsRefused() throws IOException {
        Path json = unpacked("plain").resolve("zarr.json");
        String text = Files.readString(json);
        Files.writeString(json, text.replaceFirst("16,\\s*16,\\s*3", "17,16,3"));
        assertRefused(folder.resolve("plain"), "instead of 816");
        Files.writeString(json, text.replaceFirst("16,\\s*16,\\s*3", "2147483647,2147483647,3"));
        assertRefused(folder.resolve("plain"), "MiB");
        Files.writeString(json, text.replaceFirst("16,\\s*16,\\s*3", "0,16,3"));
        assertRefused(folder.resolve("plain"), "side of 0");
        Files.writeString(json, text.replaceFirst("29,\\s*37,\\s*3", "9223372036854775807,37,3"));
        assertRefused(folder.resolve("plain"), "300000");
        Files.writeString(json, text.replaceFirst("29,\\s*37,\\s*3", "29,37"));
        assertRefused(folder.resolve("plain"), "axes");
    }

    @Test
    void aChunkThatInflatesToMoreThanItsSizeIsRefused() throws IOException {
        for (String name : List.of("default", "gzip", "v2-zlib", "v2-gzip")) {
            Path json = unpacked(name).resolve(name.startsWith("v2") ? ".zarray" : "zarr.json");
            Files.writeString(json, Files.readString(json).replaceFirst("(\"chunk(?:_shape|s)\": \\[\\s*)\\d+", "$19"));
            assertRefused(folder.resolve(name), "damaged (");
        }
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path secret = Files.write(folder.resolve("secret"), new byte[16 * 16 * 3]);
        Path chunk = unpacked("plain").resolve("c/1/1/0");
        Files.delete(chunk);
        Files.createSymbolicLink(chunk, secret);
        assertRefused(folder.resolve("plain"), "link");
        Path row = unpacked("v2-folders").resolve("0/1");
        Files.move(row, folder.resolve("elsewhere"));
        Files.createSymbolicLink(row, folder.resolve("elsewhere"));
        assertRefused(folder.resolve("v2-folders"), "link");
        unpacked("dz-even");
        Path tile = folder.resolve("dz-even_files/6/1_1.png");
        Files.move(tile, folder.resolve("tile.png"));
        Files.createSymbolicLink(tile, folder.resolve("tile.png"));
        assertRefused(folder.resolve("dz-even.dzi"), "link");
    }

    @ParameterizedTest
    @CsvSource({"../plain", "/etc", "0/../../plain", "http://localhost/0", "'..'", "'.'"})
    void aGroupCannotPointOutOfItsFolder(String path) throws IOException {
        Path json = unpacked("ome05").resolve("zarr.json");
        Files.writeString(json, Files.readString(json).replaceFirst("(\"path\": *)\"0\"", "$1\"" + path + "\""));
        assertRefused(folder.resolve("ome05"), "no name of something in its folder");
    }

    @Test
    void aDescriptionWithoutChunksIsRefused() throws IOException {
        Path bare = Files.createDirectory(folder.resolve("bare"));
        Files.copy(unpacked("plain").resolve("zarr.json"), bare.resolve("zarr.json"));
        assertRefused(bare, "none of its chunks");
    }

    @Test
    void entitiesAreNotExpanded() throws IOException {
        unpacked("dz-even");
        Path dzi = folder.resolve("dz-even.dzi");
        String text = Files.readString(dzi).replaceFirst("<\\?xml[^>]*>", "");
        Files.writeString(
                dzi,
                "<!DOCTYPE Image [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
                        + text.replaceFirst("Format *= *\"png\"", "Format=\"&f;\""));
        assertRefused(dzi, "");
    }

    @Test
    void whatTheProgressThrowsIsNotTakenForDamage() throws IOException {
        try (PictureFile file = PictureFile.open(unpacked("plain"))) {
            assertThatThrownBy(() -> file.copyTo((x, y, block) -> {}, rows -> {
                        throw new CancellationException("enough");
                    }))
                    .isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> file.copyTo(
                            (x, y, block) -> {
                                throw new IllegalStateException("full");
                            },
                            rows -> {}))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(file.read().rgb()).isEqualTo(StoredPictures.expected().rgb());
        }
    }

    private static Pixels read(Path picture) {
        try (PictureFile file = PictureFile.open(picture)) {
            return file.read();
        }
    }

    private static void assertRefused(Path picture, String named) {
        assertThatThrownBy(() -> read(picture))
                .isInstanceOf(PictureException.class)
                .message()
                .startsWith(picture.getParent().toString())
                .contains(named)
                .endsWith(".")
                .doesNotContain("\n");
    }
}
