package giga.diffusion.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far bf16 takes Real-ESRGAN's own weights from f32; needs what {@link RealUpscalersTest} needs. */
@EnabledIfSystemProperty(named = "giga.upscalers", matches = ".+")
class UpscalerPrecisionTest {
    private static final Path MODELS = Path.of(System.getProperty("giga.upscalers", ""));
    private static final Path GOLDEN = Path.of(System.getProperty("giga.upscalers.golden", ""));

    @ParameterizedTest
    @ValueSource(strings = {"realesr-general-x4v3.pth", "realesr-general-wdn-x4v3.pth", "realesr-animevideov3.pth"})
    void bf16StaysWithinAGreyLevelOnAverage(String model) throws IOException {
        BufferedImage image = ImageIO.read(GOLDEN.resolve("input.png").toFile());
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        for (int i = 0; i < rgb.length; i++)
            rgb[i] = (byte) (image.getRGB(i / 3 % image.getWidth(), i / 3 / image.getWidth()) >> (16 - 8 * (i % 3)));
        byte[] exact = upscale(model, Precision.F32, image, rgb);
        byte[] rough = upscale(model, Precision.BF16, image, rgb);
        double squares = 0;
        int most = 0;
        int beyond = 0;
        for (int i = 0; i < exact.length; i++) {
            int difference = Math.abs((exact[i] & 0xFF) - (rough[i] & 0xFF));
            squares += difference * difference;
            most = Math.max(most, difference);
            if (difference > 1) beyond++;
        }
        double rms = Math.sqrt(squares / exact.length);
        System.out.printf(
                "%s: bf16 to f32 rms %.3f, most %d grey levels, %.3f %% beyond 1%n",
                model, rms, most, 100.0 * beyond / exact.length);
        assertThat(rms).isLessThan(1);
    }

    private static byte[] upscale(String model, Precision precision, BufferedImage image, byte[] rgb) {
        try (Upscaler upscaler = Upscaler.open(MODELS.resolve(model), Placement.onProcessor(precision))) {
            return upscaler.upscale(image.getWidth(), image.getHeight(), rgb);
        }
    }
}
