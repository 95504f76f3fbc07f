package giga.diffusion.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.Planes;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Real-ESRGAN's own weights against its own code, where they are on this machine: {@code -Dgiga.upscalers=DIR} with the
 * models and {@code -Dgiga.upscalers.golden=DIR} with input.png and what became of it, NAME.png.
 */
@EnabledIfSystemProperty(named = "giga.upscalers", matches = ".+")
class RealUpscalersTest {
    private static final Placement F32 = Placement.onProcessor(Precision.F32);
    private static final Path MODELS = Path.of(System.getProperty("giga.upscalers", ""));
    private static final Path GOLDEN = Path.of(System.getProperty("giga.upscalers.golden", ""));

    @Test
    void everyFormatGivesTheReferencesPictures() throws IOException {
        assertGolden("realesr-general-x4v3.pth", "general-x4v3");
        assertGolden("realesr-general-x4v3.safetensors", "general-x4v3");
        assertGolden("RealESRGAN_General_x4_v3.param", "general-x4v3");
        assertGolden("realesr-general-wdn-x4v3.pth", "general-wdn-x4v3");
        assertGolden("RealESRGAN_General_WDN_x4_v3.bin", "general-wdn-x4v3");
        assertGolden("realesr-animevideov3.pth", "animevideov3");
        assertGolden("realesr-animevideov3.safetensors", "animevideov3");
    }

    @Test
    void mixturesAreTheReferences() throws IOException {
        for (double strength : new double[] {0.2, 0.5})
            try (Upscaler upscaler = Upscaler.blend(
                    MODELS.resolve("realesr-general-x4v3.pth"),
                    MODELS.resolve("realesr-general-wdn-x4v3.safetensors"),
                    strength,
                    F32)) {
                assertGolden(upscaler, "general-dni-" + strength);
            }
    }

    @Test
    void whatNcnnHalvesIsHalved() {
        try (Upscaler upscaler = Upscaler.open(MODELS.resolve("realesr-animevideov3-x2.param"), F32)) {
            assertThat(upscaler.scale()).isEqualTo(2);
            assertThat(upscaler.halo()).isEqualTo(19);
            Planes half = upscaler.upscale(new Planes(1, 3, 9, 7));
            assertThat(half.width()).isEqualTo(14);
        }
    }

    private static void assertGolden(String file, String golden) throws IOException {
        try (Upscaler upscaler = Upscaler.open(MODELS.resolve(file), F32)) {
            assertGolden(upscaler, golden);
        }
    }

    private static void assertGolden(Upscaler upscaler, String golden) throws IOException {
        BufferedImage input = ImageIO.read(GOLDEN.resolve("input.png").toFile());
        byte[] expected = rgb(ImageIO.read(GOLDEN.resolve(golden + ".png").toFile()));
        byte[] actual = upscaler.upscale(input.getWidth(), input.getHeight(), rgb(input));
        assertThat(actual).hasSameSizeAs(expected);
        int different = 0;
        for (int i = 0; i < actual.length; i++) {
            int difference = Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF));
            assertThat(difference).isLessThanOrEqualTo(1);
            different += difference;
        }
        assertThat(different).isLessThanOrEqualTo(actual.length / 1000);
    }

    private static byte[] rgb(BufferedImage image) {
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / 3;
            rgb[i] = (byte) (image.getRGB(pixel % image.getWidth(), pixel / image.getWidth()) >> (16 - 8 * (i % 3)));
        }
        return rgb;
    }
}
