package giga.diffusion.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.GoldenFile;
import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.network.UpscalerNetwork;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.upscale.UpscalerFormula.Values;
import giga.diffusion.weights.Formula;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpscalerTest {
    private static final Placement F32 = Placement.onProcessor(Precision.F32);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void compactNetworksAreThoseOfPyTorch(int scale) {
        try (Upscaler upscaler = Upscaler.open(UpscalerFormula.compact(file(), 12, 4, scale), F32)) {
            assertThat(upscaler.scale()).isEqualTo(scale);
            assertThat(upscaler.halo()).isEqualTo(4);
            assertClose(
                    upscaler.upscale(input()),
                    GoldenFile.open("/upscalers/compact.safetensors").planes("x" + scale));
        }
    }

    @ParameterizedTest
    @CsvSource({"rrdb-x4, 3, 4", "rrdb-x2plus, 12, 2", "rrdb-x1, 48, 1"})
    void residualNetworksAreThoseOfTheReference(String golden, int channels, int scale) throws IOException {
        for (int layout : new int[] {0, 2, 3}) {
            Map<String, Values> tensors = new LinkedHashMap<>();
            Map<String, Values> basic = rrdb(channels);
            for (String[] key : UpscalerFormula.keys("/upscalers/rrdb_keys.txt"))
                tensors.put((layout == 0 ? "params_ema." : "") + key[layout], basic.get(key[0]));
            try (Upscaler upscaler = Upscaler.open(UpscalerFormula.write(file(), tensors), F32)) {
                assertThat(upscaler.scale()).isEqualTo(scale);
                assertThat(upscaler.description()).isEqualTo("RRDB (ESRGAN) x%d, 2 blocks of 64 channels", scale);
                assertClose(
                        upscaler.upscale(picture()),
                        GoldenFile.open("/upscalers/rrdb.safetensors").planes(golden));
            }
        }
    }

    @Test
    void ncnnFilesAreTheSameNetwork() {
        Map<String, Values> compact = UpscalerFormula.compact(12, 4, 4);
        Planes whole;
        try (Upscaler upscaler = Upscaler.open(UpscalerFormula.ncnn(folder, compact, 4, false, false), F32)) {
            whole = upscaler.upscale(input());
            assertClose(whole, GoldenFile.open("/upscalers/compact.safetensors").planes("x4"));
        }
        Path param = UpscalerFormula.ncnn(folder, compact, 4, true, true);
        try (Upscaler upscaler = Upscaler.open(param.resolveSibling("model.bin"), F32)) {
            assertThat(upscaler.scale()).isEqualTo(2);
            assertThat(upscaler.halo()).isEqualTo(5);
            Planes half = upscaler.upscale(input());
            assertThat(half.width()).isEqualTo(34);
            // Keys' kernel with a = -0.75 in the middle between two samples.
            assertThat(half.values()[5 * 34 + 7]).isCloseTo(cubic(whole, 14, 10), within(0.02f));
        }
    }

    @Test
    void twoFilesAreMixedWeightByWeight() {
        Path strong = UpscalerFormula.compact(folder.resolve("strong.safetensors"), 12, 4, 2);
        Map<String, Values> zero = new LinkedHashMap<>();
        UpscalerFormula.compact(12, 4, 2)
                .forEach((name, values) ->
                        zero.put(name, new Values(values.shape(), new float[values.values().length])));
        Path weak = UpscalerFormula.write(folder.resolve("weak.safetensors"), zero);
        Planes expected = GoldenFile.open("/upscalers/compact.safetensors").planes("x2");
        try (Upscaler all = Upscaler.blend(strong, weak, 1, F32);
                Upscaler none = Upscaler.blend(strong, weak, 0, F32);
                Upscaler some = Upscaler.blend(strong, weak, 0.3, F32)) {
            assertClose(all.upscale(input()), expected);
            assertThat(none.upscale(input()).values()[0]).isEqualTo(input().values()[0]);
            Map<String, Values> third = new LinkedHashMap<>();
            UpscalerFormula.compact(12, 4, 2).forEach((name, values) -> {
                float[] scaled = values.values().clone();
                for (int i = 0; i < scaled.length; i++) scaled[i] *= 0.3f;
                third.put(name, new Values(values.shape(), scaled));
            });
            try (Upscaler direct = Upscaler.open(UpscalerFormula.write(file(), third), F32)) {
                assertClose(some.upscale(input()), direct.upscale(input()));
            }
        }
        Path other = UpscalerFormula.compact(folder.resolve("other.safetensors"), 12, 5, 2);
        assertThatThrownBy(() -> Upscaler.blend(strong, other, 0.5, F32))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("only upscalers of one shape");
    }

    @Test
    void pixelsAreRoundedAndOddSidesAreReflected() {
        Map<String, Values> tensors = rrdb(12);
        try (Upscaler upscaler = Upscaler.open(UpscalerFormula.write(file(), tensors), F32)) {
            byte[] rgb = new byte[3 * 7 * 5];
            for (int i = 0; i < rgb.length; i++) rgb[i] = (byte) (i * 7);
            assertThat(upscaler.upscale(7, 5, rgb)).hasSize(3 * 14 * 10);
            assertThat(upscaler.upscale(1, 1, new byte[3])).hasSize(3 * 4);
        }
    }

    /** Only what lies around it is left out, so it is the same but for last bits. */
    @ParameterizedTest
    @ValueSource(ints = {3, 12, 48})
    void aPartIsThatPartOfTheWhole(int channels) {
        byte[] rgb = new byte[3 * 40 * 150];
        for (int i = 0; i < rgb.length; i++) rgb[i] = (byte) (i * i % 251);
        try (Upscaler upscaler = Upscaler.open(UpscalerFormula.write(file(), rrdb(channels)), F32)) {
            int scale = upscaler.scale();
            byte[] whole = upscaler.upscale(40, 150, rgb);
            byte[] part = upscaler.upscale(40, 150, rgb, new UpscalerNetwork.Part(11, 5, 22, 139));
            assertThat(part).hasSize(3 * 22 * scale * 139 * scale);
            for (int i = 0; i < part.length; i++) {
                int x = 11 * scale + i / 3 % (22 * scale);
                int y = 5 * scale + i / 3 / (22 * scale);
                int expected = whole[3 * (y * 40 * scale + x) + i % 3] & 0xFF;
                assertThat(part[i] & 0xFF).isBetween(expected - 1, expected + 1);
            }
        }
    }

    @Test
    void whatIsNoUpscalerIsRefusedInOneSentence() {
        Map<String, Values> missing = UpscalerFormula.compact(12, 4, 4);
        missing.remove("body.4.bias");
        assertRefused(missing, "body.4.bias is missing");
        Map<String, Values> other = rrdb(3);
        other.put("attention.weight", new Values(List.of(1L), new float[1]));
        assertRefused(other, "\"attention.weight\", which no upscaler of a known kind has");
        Map<String, Values> grey = rrdb(1);
        assertRefused(grey, "it sees 1 channels");
        assertRefused(Map.of("a", new Values(List.of(1L), new float[1])), "no upscaler of a known kind");
        Map<String, Values> infinite = UpscalerFormula.compact(12, 4, 4);
        infinite.get("body.2.weight").values()[7] = Float.NaN;
        assertRefused(infinite, "not finite");
    }

    private void assertRefused(Map<String, Values> tensors, String why) {
        assertThatThrownBy(() -> Upscaler.open(UpscalerFormula.write(file(), tensors), F32)
                        .close())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("model.safetensors")
                .message()
                .doesNotContain("\n");
    }

    private Path file() {
        return folder.resolve("model.safetensors");
    }

    private static Planes input() {
        float[] values = Formula.input("input", 3 * 13 * 17, 1);
        for (int i = 0; i < values.length; i++) values[i] += 0.5f;
        return new Planes(1, 3, 13, 17, values);
    }

    private static Planes picture() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(GoldenFile.resource("/upscalers/input_small.png")));
        Planes planes = new Planes(1, 3, image.getHeight(), image.getWidth());
        for (int i = 0; i < planes.values().length; i++) {
            int pixel = i % (image.getWidth() * image.getHeight());
            int rgb = image.getRGB(pixel % image.getWidth(), pixel / image.getWidth());
            planes.values()[i] = (rgb >> (16 - 8 * (i / (image.getWidth() * image.getHeight()))) & 0xFF) / 255f;
        }
        return planes;
    }

    private static Map<String, Values> rrdb(int channels) {
        Map<String, List<Long>> keys = new LinkedHashMap<>();
        for (String[] key : UpscalerFormula.keys("/upscalers/rrdb_keys.txt"))
            keys.put(key[0], UpscalerFormula.shape(key[1]));
        return UpscalerFormula.rrdb(keys, channels);
    }

    private static float cubic(Planes planes, int x, int y) {
        double[] taps = {-0.09375, 0.59375, 0.59375, -0.09375};
        double sum = 0;
        for (int j = 0; j < 4; j++)
            for (int i = 0; i < 4; i++)
                sum += taps[i] * taps[j] * planes.values()[(y - 1 + j) * planes.width() + x - 1 + i];
        return (float) sum;
    }

    private static void assertClose(Planes actual, Planes expected) {
        assertThat(actual.width()).isEqualTo(expected.width());
        assertThat(actual.height()).isEqualTo(expected.height());
        assertThat(actual.values()).usingComparatorWithPrecision(1e-5f).containsExactly(expected.values());
    }
}
