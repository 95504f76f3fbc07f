package giga.canvas.resample;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every sample equals Pillow's, for colour, grey and pictures with alpha. */
class PillowTest {
    @TestFactory
    Stream<DynamicTest> equalsPillow() throws IOException {
        try (InputStream index = PillowTest.class.getResourceAsStream("index.json")) {
            return new JsonMapper()
                    .readTree(index)
                    .path("cases")
                    .valueStream()
                    .filter(c -> !c.has("mode"))
                    .map(c -> DynamicTest.dynamicTest(c.path("file").stringValue(), () -> check(c)));
        }
    }

    @Test
    void computesTheDocumentedRow() {
        int[] row = {0, 0, 255, 255, 10, 200, 50, 50};
        assertThat(resizeRow(row, 16))
                .containsExactly(10, 0, 0, 53, 195, 255, 255, 183, 36, 34, 161, 197, 96, 30, 40, 56);
        assertThat(resizeRow(row, 3)).containsExactly(80, 176, 69);
        Taps taps = Taps.of(Filter.LANCZOS, 8, 16);
        assertThat(taps.first()[3]).isZero();
        assertThat(taps.weights()).containsSequence(-576350, 3860810, 1171992, -294056, 31908);
    }

    private static void check(JsonNode golden) throws IOException {
        Samples source = Samples.load(golden.path("source").stringValue());
        Samples expected = Samples.load(golden.path("file").stringValue());
        Filter filter = Filter.valueOf(golden.path("filter").stringValue().toUpperCase(Locale.ROOT));
        double[] box = golden.has("box")
                ? golden.path("box")
                        .valueStream()
                        .mapToDouble(JsonNode::doubleValue)
                        .toArray()
                : new double[] {0, 0, source.width, source.height};
        Taps columns = Taps.of(filter, source.width, box[0], box[2], expected.width);
        Taps rows = Taps.of(filter, source.height, box[1], box[3], expected.height);

        Pixels colour = resize(source.colour(), columns, rows);
        Pixels alpha = resize(source.alpha(), columns, rows);
        assertThat(Samples.of(colour, alpha, expected.channels).bytes).isEqualTo(expected.bytes);
    }

    private static Pixels resize(Pixels source, Taps columns, Taps rows) {
        Picture resized = new ResizedPicture(source, columns, rows);
        return resized.read(resized.bounds());
    }

    private static int[] resizeRow(int[] row, int width) {
        Pixels source = new Pixels(row.length, 1);
        for (int x = 0; x < row.length; x++) source.rgb()[3 * x + 2] = (byte) row[x];
        Pixels resized = Resample.resize(source, width, 1, Filter.LANCZOS);
        return IntStream.range(0, width).map(x -> resized.sample(x, 0, 2)).toArray();
    }

    /** Pictures of 1, 3 or 4 channels, turned into such of 3 and back: Pillow treats every channel alike. */
    private record Samples(int width, int height, int channels, byte[] bytes) {
        static Samples load(String name) throws IOException {
            try (InputStream stream = PillowTest.class.getResourceAsStream(name)) {
                BufferedImage image = ImageIO.read(stream);
                Raster raster = image.getRaster();
                int[] values = raster.getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
                byte[] bytes = new byte[values.length];
                for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
                return new Samples(image.getWidth(), image.getHeight(), raster.getNumBands(), bytes);
            }
        }

        /** Pillow resizes colour multiplied by alpha, so that invisible colour does not bleed. */
        Pixels colour() {
            Pixels colour = new Pixels(width, height);
            for (int i = 0; i < colour.rgb().length; i++) {
                int product = sample(i / 3, i % 3) * sample(i / 3, 3) + 128;
                colour.rgb()[i] = (byte) (((product >> 8) + product) >> 8);
            }
            return colour;
        }

        Pixels alpha() {
            Pixels alpha = new Pixels(width, height);
            for (int i = 0; i < alpha.rgb().length; i++) alpha.rgb()[i] = (byte) sample(i / 3, 3);
            return alpha;
        }

        private int sample(int pixel, int channel) {
            if (channel == 3 && channels < 4) return 255;
            return bytes[channels * pixel + Math.min(channel, channels - 1)] & 0xFF;
        }

        static Samples of(Pixels colour, Pixels alphas, int channels) {
            byte[] bytes = new byte[colour.width() * colour.height() * channels];
            for (int i = 0; i < bytes.length; i++) {
                int pixel = i / channels;
                int alpha = alphas.rgb()[3 * pixel] & 0xFF;
                int value = colour.rgb()[3 * pixel + Math.min(i % channels, 2)] & 0xFF;
                if (i % channels == 3) value = alpha;
                else if (alpha != 0) value = Math.min(255, 255 * value / alpha);
                bytes[i] = (byte) value;
            }
            return new Samples(colour.width(), colour.height(), channels, bytes);
        }
    }
}
