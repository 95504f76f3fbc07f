package giga.canvas.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures of the resource folder; make_pictures.py there tells how they and the bytes they must decode to were made. */
class PictureFileTest {
    @TempDir
    Path folder;

    static Path picture(String name) {
        try {
            return Path.of(
                    PictureFileTest.class.getResource("/pictures/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> pictures() throws IOException {
        try (Stream<Path> all = Files.list(picture("rgb8.png").getParent())) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".*\\.(png|jpg|webp|tif)"))
                    .sorted()
                    .toList();
        }
    }

    /** Lossy WebP leaves the enlarging of chroma to the decoder, and colour engines round in their own ways; all else is exact. */
    static double tolerance(String name) {
        if (name.matches("(cmyk|grey).*-profile.*")) return 0.3;
        return name.endsWith(".webp") && !name.startsWith("lossless") ? 2.5 : 0;
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void decodesToTheExpectedPixels(String name) throws IOException {
        byte[] expected = Files.readAllBytes(picture(name + ".rgb"));
        boolean turned = name.matches("turned[5678].*|.*-turned.*");
        try (PictureFile file = PictureFile.open(picture(name))) {
            Pixels pixels = file.read();
            assertThat(pixels.width())
                    .isEqualTo(turned ? 29 : 37)
                    .isEqualTo(file.info().width());
            assertThat(pixels.height())
                    .isEqualTo(turned ? 37 : 29)
                    .isEqualTo(file.info().height());
            assertThat(meanDifference(pixels.rgb(), expected)).isLessThanOrEqualTo(tolerance(name));
        }
    }

    static double meanDifference(byte[] a, byte[] b) {
        assertThat(a).hasSameSizeAs(b);
        long sum = 0;
        for (int i = 0; i < a.length; i++) sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
        return sum / (double) a.length;
    }

    @ParameterizedTest
    @CsvSource({
        "rgb16.png, PNG, 16, 3, false, 0",
        "grey-alpha8.png, PNG, 8, 2, false, 0",
        "palette4.png, PNG, 4, 1, false, 0",
        "profile-dpi.png, PNG, 8, 3, true, 300",
        "profile-dpi.jpg, JPEG, 8, 3, true, 300",
        "turned5.jpg, JPEG, 8, 3, false, 240",
        "cmyk-profile.jpg, JPEG, 8, 4, false, 0",
        "grey-profile.png, PNG, 8, 1, false, 0",
        "profile-dpi.tif, TIFF, 8, 3, true, 150",
        "rgb8-bigtiff.tif, TIFF, 8, 3, false, 0",
        "profile-turned.webp, WEBP, 8, 3, true, 0",
        "lossy-alpha.webp, WEBP, 8, 4, false, 0",
    })
    void tellsWhatTheFileHolds(String name, PictureFormat format, int bits, int channels, boolean profile, double dpi) {
        try (PictureFile file = PictureFile.open(picture(name))) {
            PictureInfo info = file.info();
            assertThat(info.format()).isEqualTo(format);
            assertThat(info.bits()).isEqualTo(bits);
            assertThat(info.channels()).isEqualTo(channels);
            assertThat(info.icc().isPresent()).isEqualTo(profile);
            assertThat(info.dpi().orElse(0)).isEqualTo(dpi);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strips.tif",
                "tiles.tif",
                "big-endian-bigtiff-tiles.tif",
                "planes.tif",
                "plane-tiles.tif",
                "one-strip.tif",
                "one-strip-16.tif",
                "one-strip-planes.tif",
                "one-plain-strip.tif",
                "sequential.jpg",
                "progressive.jpg",
                "sequential.png"
            })
    void decodesTallPicturesInParts(String name) {
        try (PictureFile file = PictureFile.open(picture("tall/" + name))) {
            Pixels tall = new Pixels(20, 1300);
            for (int y = 0, i = 0; y < 1300; y++)
                for (int x = 0; x < 20; x++) {
                    tall.rgb()[i++] = (byte) (x * 7 + y);
                    tall.rgb()[i++] = (byte) (y * 3);
                    tall.rgb()[i++] = (byte) (y / 8);
                }
            assertThat(meanDifference(file.read().rgb(), tall.rgb())).isLessThanOrEqualTo(name.endsWith("jpg") ? 1 : 0);
        }
    }

    @Test
    void goesByContentNotSuffix() throws IOException {
        Path misnamed = Files.copy(picture("444.jpg"), folder.resolve("painting.png"));
        try (PictureFile file = PictureFile.open(misnamed)) {
            assertThat(file.info().format()).isEqualTo(PictureFormat.JPEG);
            assertThat(file.read().width()).isEqualTo(37);
        }
    }

    @Test
    void copiesIntoAStoreAndTellsTheRows() throws IOException {
        List<Integer> rows = new ArrayList<>();
        try (PictureFile file = PictureFile.open(picture("turned6.jpg"))) {
            ZarrPicture out = ZarrPicture.create(folder.resolve("zarr"), 29, 37);
            file.copyTo(out, rows::add);
            assertThat(out.read(out.bounds()).rgb()).isEqualTo(file.read().rgb());
        }
        assertThat(rows).last().isEqualTo(37);
    }

    @Test
    void whatTheProgressThrowsIsNotTakenForDamage() {
        for (String name :
                List.of("rgb8.png", "444.jpg", "lossy.webp", "rgb8-tiled.tif", "cmyk.jpg", "progressive.jpg"))
            try (PictureFile file = PictureFile.open(picture(name))) {
                assertThatThrownBy(() -> file.copyTo((x, y, block) -> {}, rows -> {
                            throw new CancellationException("enough");
                        }))
                        .as(name)
                        .isInstanceOf(CancellationException.class);
            }
    }

    @Test
    void anInterruptIsNotTakenForDamage() {
        for (String name : List.of("rgb8.png", "444.jpg", "rgb8-tiled.tif"))
            try (PictureFile file = PictureFile.open(picture(name))) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(file::read)
                        .as(name)
                        .isInstanceOf(PictureException.class)
                        .hasMessageContaining("interrupted");
            } finally {
                Thread.interrupted();
            }
    }
}
