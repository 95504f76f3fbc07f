package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.weights.FormulaCheckpoint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole pictures against those that k-diffusion's samplers make on diffusers' networks (tools/reference/pictures.py), from
 * small checkpoints by formula and A1111's noise.
 */
class ReferencePicturesTest {
    private static final Object[] SAME = {
        "--negative", "dog", "--steps", 8, "--cfg", 3, "--seed", 42, "--noise", "a1111", "--precision", "f32"
    };

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeModels() {
        FormulaCheckpoint.TINY_SD1.write(folder.resolve("sd1.safetensors"));
        FormulaCheckpoint.TINY_SD2.write(folder.resolve("sd2.safetensors"), Map.of("modelspec.prediction_type", "v"));
        FormulaCheckpoint.TINY_SDXL.write(folder.resolve("sdxl.safetensors"));
    }

    @ParameterizedTest
    @CsvSource({
        "sd1, Euler a, euler-a",
        "sd1, DPM++ 2M Karras, dpmpp-2m-karras",
        "sd1, DPM++ SDE Karras, dpmpp-sde-karras",
        "sd2, Euler a, euler-a",
        "sd2, DPM++ 2M Karras, dpmpp-2m-karras",
        "sd2, DPM++ SDE Karras, dpmpp-sde-karras",
        "sdxl, Euler a, euler-a",
        "sdxl, DPM++ 2M Karras, dpmpp-2m-karras",
        "sdxl, DPM++ SDE Karras, dpmpp-sde-karras"
    })
    void redrawnAndNew(String family, String sampler, String name) throws Exception {
        Path redrawn = folder.resolve(family + name + "-redrawn.png");
        run(
                family,
                sampler,
                "redraw",
                reference("source"),
                "--prompt",
                "a photo of a cat",
                "-o",
                redrawn,
                "--denoise",
                0.6,
                "--scale",
                1,
                "--tile",
                128,
                "--padding",
                0,
                "--tone-lock",
                0);
        assertThat(decibels(redrawn, reference(family + "-img2img-" + name))).isGreaterThanOrEqualTo(50);

        Path made = folder.resolve(family + name + "-new.png");
        run(family, sampler, "generate", "a photo of a cat", "-o", made, "--width", 128, "--height", 128);
        assertThat(decibels(made, reference(family + "-txt2img-" + name))).isGreaterThanOrEqualTo(50);
    }

    private static void run(String family, String sampler, Object... arguments) {
        List<Object> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--model", folder.resolve(family + ".safetensors"), "--sampler", sampler));
        all.addAll(Arrays.asList(SAME));
        Run run = giga(all.toArray());
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static Path reference(String name) throws URISyntaxException {
        return Path.of(ReferencePicturesTest.class
                .getResource("reference/" + name + ".png")
                .toURI());
    }

    /** Peak signal-to-noise ratio of two pictures. */
    private static double decibels(Path one, Path other) throws IOException {
        BufferedImage a = ImageIO.read(one.toFile());
        BufferedImage b = ImageIO.read(other.toFile());
        assertThat(a.getWidth()).isEqualTo(b.getWidth());
        assertThat(a.getHeight()).isEqualTo(b.getHeight());
        double squares = 0;
        for (int y = 0; y < a.getHeight(); y++)
            for (int x = 0; x < a.getWidth(); x++)
                for (int shift = 0; shift < 24; shift += 8) {
                    int difference = (a.getRGB(x, y) >> shift & 0xFF) - (b.getRGB(x, y) >> shift & 0xFF);
                    squares += difference * difference;
                }
        return 10 * Math.log10(255.0 * 255 * 3 * a.getWidth() * a.getHeight() / squares);
    }
}
