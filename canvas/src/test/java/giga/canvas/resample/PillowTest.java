package giga.canvas.resample;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
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
        Samples input = source.channels == 4 ? source.premultiplied() : source;
        Samples result = new Samples(
                expected.width,
                expected.height,
                source.channels,
                new Separable(input::read, source.channels, columns, rows)
                        .read(new Region(0, 0, expected.width, expected.height)));
        assertThat(source.channels == 4 ? result.unmultiplied().bytes : result.bytes)
                .isEqualTo(expected.bytes);
        if (source.channels == 3 && !golden.has("box"))
            assertThat(Resample.resize(
                                    new Pixels(source.width, source.height, source.bytes),
                                    expected.width,
                                    expected.height,
                                    filter)
                            .rgb())
                    .isEqualTo(expected.bytes);
    }

    private static int[] resizeRow(int[] row, int width) {
        byte[] bytes = new byte[row.length];
        for (int i = 0; i < row.length; i++) bytes[i] = (byte) row[i];
        Samples samples = new Samples(row.length, 1, 1, bytes);
        Taps columns = Taps.of(Filter.LANCZOS, row.length, width);
        byte[] result = new Separable(samples::read, 1, columns, Taps.of(Filter.LANCZOS, 1, 1))
                .read(new Region(0, 0, width, 1));
        int[] values = new int[width];
        for (int i = 0; i < width; i++) values[i] = result[i] & 0xFF;
        return values;
    }

    private record Samples(int width, int height, int channels, byte[] bytes) {
        static Samples load(String name) throws IOException {
            try (InputStream stream = PillowTest.class.getResourceAsStream(name)) {
                BufferedImage image = ImageIO.read(stream);
                Raster raster = image.getRaster();
                int channels = raster.getNumBands();
                int[] values = raster.getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
                byte[] bytes = new byte[values.length];
                for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
                return new Samples(image.getWidth(), image.getHeight(), channels, bytes);
            }
        }

        byte[] read(Region region) {
            byte[] part = new byte[channels * region.width() * region.height()];
            for (int y = 0; y < region.height(); y++)
                System.arraycopy(
                        bytes,
                        channels * ((region.y() + y) * width + region.x()),
                        part,
                        channels * y * region.width(),
                        channels * region.width());
            return part;
        }

        /** Pillow resizes colour multiplied by alpha, so that invisible colour does not bleed. */
        Samples premultiplied() {
            byte[] result = bytes.clone();
            for (int i = 0; i < result.length; i++) {
                if (i % 4 == 3) continue;
                int product = (bytes[i] & 0xFF) * (bytes[i / 4 * 4 + 3] & 0xFF) + 128;
                result[i] = (byte) (((product >> 8) + product) >> 8);
            }
            return new Samples(width, height, channels, result);
        }

        Samples unmultiplied() {
            byte[] result = bytes.clone();
            for (int i = 0; i < result.length; i++) {
                int alpha = bytes[i / 4 * 4 + 3] & 0xFF;
                if (i % 4 == 3 || alpha == 0 || alpha == 255) continue;
                result[i] = (byte) Math.min(255, 255 * (bytes[i] & 0xFF) / alpha);
            }
            return new Samples(width, height, channels, result);
        }
    }
}
