package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.weights.FormulaCheckpoint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From the picture's file to the result's, with a small SD 1 checkpoint by formula. Its networks and samplers are held to
 * reference implementations elsewhere; this holds the whole to itself, on every machine.
 */
class GoldenPictureTest {
    @TempDir
    static Path folder;

    private static Path picture;
    private static Path model;
    private static Path alone;

    @BeforeAll
    static void redrawTileByTile() {
        picture = TestPictures.write(folder.resolve("picture.png"), 96, 64);
        model = FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny.safetensors"));
        alone = redraw(1);
    }

    private static Path redraw(int batch) {
        Path result = folder.resolve("batch" + batch + ".png");
        Run run = giga(
                "redraw",
                picture,
                "-o",
                result,
                "--force",
                "--model",
                model,
                "--prompt",
                "a photo of a (cat:1.2)",
                "--negative",
                "dog",
                "--sampler",
                "Euler a",
                "--steps",
                4,
                "--denoise",
                0.5,
                "--cfg",
                5,
                "--tile",
                64,
                "--padding",
                32,
                "--blur",
                16,
                "--seed",
                42,
                "--precision",
                "f32",
                "--batch",
                batch);
        assertThat(run.code()).as(run.err()).isZero();
        return result;
    }

    @Test
    void theResultIsTheCommittedPicture() throws IOException {
        BufferedImage expected = ImageIO.read(GoldenPictureTest.class.getResource("golden.png"));
        BufferedImage actual = ImageIO.read(alone.toFile());
        assertThat(actual.getWidth()).isEqualTo(expected.getWidth());
        assertThat(actual.getHeight()).isEqualTo(expected.getHeight());
        int largest = 0;
        for (int y = 0; y < actual.getHeight(); y++)
            for (int x = 0; x < actual.getWidth(); x++)
                for (int shift = 0; shift < 24; shift += 8)
                    largest = Math.max(
                            largest,
                            Math.abs((actual.getRGB(x, y) >> shift & 0xFF) - (expected.getRGB(x, y) >> shift & 0xFF)));
        assertThat(largest).as("grey levels").isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void theBatchSizeChangesNoByte(int batch) {
        assertThat(redraw(batch)).hasSameBinaryContentAs(alone);
    }
}
