package giga.canvas.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PieceNamesTest {
    @TempDir
    Path folder;

    /** As {@code convert IN -crop 50%x50% +repage OUTPUT} names them. */
    @ParameterizedTest
    @CsvSource({
        "out.png, 2, out-0.png out-1.png",
        "out.png, 1, out.png",
        "out-%02d.tif, 2, out-00.tif out-01.tif",
        "out-%02d.tif, 1, out-00.tif",
        "%d.jpg, 11, 0.jpg 1.jpg 2.jpg 3.jpg 4.jpg 5.jpg 6.jpg 7.jpg 8.jpg 9.jpg 10.jpg",
        "a%%d-%d.png, 2, a%d-0.png a%d-1.png",
        "a.b.png, 2, a.b-0.png a.b-1.png",
        "50%%.zarr, 2, refused",
        "'', 2, in-0.tif in-1.tif",
        "'', 1, in-0.tif",
    })
    void areAsImageMagickGivesThem(String output, int count, String names) {
        if (names.equals("refused")) {
            assertThatThrownBy(() -> PieceNames.of(folder.resolve(output), Path.of("in.tif")))
                    .isInstanceOf(PictureException.class);
            return;
        }
        assertThat(PieceNames.of(folder.resolve(output), Path.of("in.tif")).files(count).stream()
                        .map(file -> folder.relativize(file).toString())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-%s.png", "out-%d-%d.png", "out-%3d.png", "out-%.png", "%n%d.png", "out.gif", "out"})
    void whatIsNoPatternIsRefused(String output) {
        assertThatThrownBy(() -> PieceNames.of(folder.resolve(output), Path.of("in.webp")))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith(folder.resolve(output) + ": ");
    }

    @ParameterizedTest
    @CsvSource({"scan.webp, scan-0.png", "scan, scan-0.png", "a/scan.dzi, scan-0.dzi"})
    void inAFolderTheyAreNamedLikeTheInput(Path input, String name) {
        assertThat(PieceNames.of(folder, input).files(2)).first().isEqualTo(folder.resolve(name));
    }
}
