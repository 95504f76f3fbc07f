package giga.canvas.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class CutTest {
    /** Made by make_crops.py there. */
    @ParameterizedTest
    @CsvFileSource(resources = "/split/crops.csv", maxCharsPerColumn = 100_000)
    void cutsWhereImageMagickDoes(String geometry, int width, int height, int overlap, String crops) {
        assertThat(new Cut(geometry, overlap).regions(width, height))
                .extracting(Region::toString)
                .containsExactly(crops.split(" "));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/split/samples.csv")
    void piecesHaveTheSamplesThatImageMagickGives(String geometry, String sums) throws URISyntaxException {
        Path path = Path.of(CutTest.class.getResource("/pictures/rgb8.png").toURI());
        try (PictureFile file = PictureFile.open(path)) {
            List<Picture> pieces = new Cut(geometry, 0).of(file.read());
            assertThat(pieces).extracting(CutTest::checksum).containsExactly(sums.split(" "));
        }
    }

    private static String checksum(Picture piece) {
        CRC32 sum = new CRC32();
        sum.update(piece.read(piece.bounds()).rgb());
        return String.format("%08x", sum.getValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10x20 | 3 | 10x20+0+0 10x20+7+0 6x20+14+0 10x13+0+17 10x13+7+17 6x13+14+17",
                "50%x100% | 4 | 12x30+0+0 12x30+8+0",
                "50%x100% | 3 | 12x30+0+0 11x30+9+0",
                "20x10 | 5 | 20x10+0+0 20x10+0+5 20x10+0+10 20x10+0+15 20x10+0+20",
                "100% | 8 | 20x30+0+0",
                "1x2@ | 8 | 20x19+0+0 20x19+0+11",
            })
    void neighboursShareTheOverlap(String geometry, int overlap, String regions) {
        assertThat(new Cut(geometry, overlap).regions(20, 30))
                .extracting(Region::toString)
                .containsExactly(regions.split(" "));
    }

    @Property(tries = 500)
    void allPixelsAreInAPieceAndPiecesInThePicture(
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 70) int size,
            @ForAll @IntRange(min = 0, max = 69) int overlap) {
        List<Cut> cuts = List.of(
                new Cut(size + "x" + size, overlap % size),
                new Cut(size + "%x" + (101 - size) + "%", overlap),
                new Cut(size + "x1@", overlap));
        for (Cut cut : cuts) {
            List<Region> regions;
            try {
                regions = cut.regions(width, height);
            } catch (PictureException e) {
                continue;
            }
            boolean[] covered = new boolean[width * height];
            for (Region region : regions) {
                assertThat(new Region(0, 0, width, height).contains(region)).isTrue();
                for (int y = region.y(); y < region.bottom(); y++)
                    for (int x = region.x(); x < region.right(); x++) covered[y * width + x] = true;
            }
            assertThat(covered).doesNotContain(false);
            for (int i = 1; i < regions.size() && regions.get(i).y() == 0; i++)
                assertThat(regions.get(i - 1).right() - regions.get(i).x()).isEqualTo(cut.overlap());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, give the pieces' size",
        "x, 0, give the pieces' size",
        "wide, 0, give the pieces' size",
        "-5x5, 0, give the pieces' size",
        "50%x50%+3+3, 0, give the pieces' size",
        "3x2%@, 0, give the pieces' size",
        "12345678901x2, 0, give the pieces' size",
        "0x5, 0, a side of nothing",
        "0%x50%, 0, a side of nothing",
        "0x2@, 0, a side of nothing",
        "3@, 0, columns and rows",
        "1.5x2, 0, whole pixels",
        "50%x30, 0, both sides in percent",
        "8x8, -1, overlap -1",
        "8x8, 8, not less than",
        "50%, 32, not less than",
        "33%, 8, too few for an overlap",
        "3x2@, 40, not less than",
        "0.001%, 0, no pixel",
        "65x1@, 0, cannot be cut from 64 pixels",
    })
    void badGeometryIsRefusedInOneSentence(String geometry, int overlap, String said) {
        assertThatThrownBy(() -> new Cut(geometry, overlap).regions(64, 64))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({"8x8", "0.03%", "3200x3200@", "x1"})
    void tooManyPiecesAreRefused(String geometry) {
        assertThatThrownBy(() -> new Cut(geometry, 0).regions(25_600, 256_000))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("make them larger");
    }
}
