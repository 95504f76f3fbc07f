package giga.canvas.dezoom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import giga.canvas.Pixels;
import giga.canvas.dezoom.format.Level;
import giga.canvas.input.PictureFile;
import giga.canvas.store.ZarrPicture;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pyramids that other programs made, with the pictures that they are of: -Dgiga.testJvm="-Dgiga.dezoom=DIR". */
class KnownPyramidsTest {
    private final String data = System.getProperty("giga.dezoom", "");

    @TempDir
    Path folder;

    @BeforeEach
    void given() {
        assumeThat(data).isNotEmpty();
    }

    @Test
    void aGridIsItsPicture() {
        assertThat(difference(fetched("generic/map_{{X}}_{{Y}}.jpg"), picture("generic/map_expected.png")))
                .isLessThan(0.13);
    }

    /** What is expected went through JPEG once more. */
    @Test
    void zoomifyIsItsPicture() {
        assertThat(difference(
                        fetched("zoomify/test_custom_size/ImageProperties.xml"),
                        picture("zoomify/test_custom_size/expected_result.jpg")))
                .isLessThan(1.75);
    }

    @Test
    void bothDescriptionsOfADeepZoomPictureGiveTheSame() {
        Pixels one = fetched("dzi/testpattern.dzi");
        assertThat(one.bounds().toString()).contains("1000x1000");
        assertThat(fetched("dzi/testpattern.xml").rgb()).isEqualTo(one.rgb());
        assertThat(fetched("dzi/wide.dzi").bounds().toString()).contains("2000x500");
    }

    @Test
    void iiifWithoutTilesIsCutAsOpenSeadragonCutsIt() {
        assertThat(fetched("iiif/iiif_1_1_no_tiles_384/info.json").bounds().toString())
                .contains("384x319");
        assertThat(fetched("iiif/iiif_1_1_no_tiles_1048/info.json").bounds().toString())
                .contains("1048x870");
    }

    private Pixels fetched(String path) {
        try (Dezoom dezoom = new Dezoom(data + "/" + path, folder.resolve("tiles"), Manners.USUAL)) {
            Level level = dezoom.levels().levels().stream()
                    .max(Comparator.comparingLong(Level::area))
                    .orElseThrow();
            ZarrPicture canvas = ZarrPicture.create(
                    folder.resolve(Integer.toHexString(path.hashCode())), level.width(), level.height());
            assertThat(dezoom.fetch(level, canvas, done -> {}).reasons()).isEmpty();
            return canvas.read(canvas.bounds());
        }
    }

    private Pixels picture(String path) {
        try (PictureFile file = PictureFile.open(Path.of(data, path))) {
            return file.read();
        }
    }

    /** Grey levels, on average. */
    private static double difference(Pixels a, Pixels b) {
        assertThat(a.bounds()).isEqualTo(b.bounds());
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) sum += Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF));
        return (double) sum / a.rgb().length;
    }
}
