package giga.canvas.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Pixels;
import giga.canvas.input.PictureFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SheetWriterTest {
    private static final byte[] PROFILE = "a profile, which the writer takes as it is".getBytes(ISO_8859_1);
    private static final Pattern STREAM =
            Pattern.compile("(\\d+) 0 obj\\n<< (/Type /XObject[^\\n]*) >>\\nstream\\n", Pattern.DOTALL);

    @TempDir
    Path folder;

    private final Pixels picture = picture();

    private static Pixels picture() {
        Pixels pixels = new Pixels(101, 150);
        Random random = new Random(2);
        for (int i = 0; i < pixels.rgb().length; i++) pixels.rgb()[i] = (byte) (i / 40 + random.nextInt(9));
        return pixels;
    }

    /** Some samples of a pixel: its own, then the inverse of green. */
    private static byte[] samples(byte[] rgb, int channels) {
        byte[] samples = new byte[rgb.length / 3 * channels];
        for (int i = 0; i < rgb.length / 3; i++)
            for (int c = 0; c < channels; c++)
                samples[i * channels + c] = (byte) (c < 3 ? rgb[3 * i + c] : ~rgb[3 * i + 1]);
        return samples;
    }

    private static Inks inks(int channels) {
        return new Inks(channels, rgb -> samples(rgb, channels), Optional.of(PROFILE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void aTiffHoldsTheSamplesInStrips(int channels) throws Exception {
        Path file = folder.resolve("sheet.tif");
        PictureMetadata metadata = new PictureMetadata(Optional.empty(), OptionalDouble.of(300));
        SheetWriter.tiff(picture, inks(channels), file, metadata, _ -> {});
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, int[]> fields = fields(bytes);
        assertThat(fields.get(262)).containsExactly(channels == 1 ? 1 : channels == 3 ? 2 : 5);
        assertThat(fields.get(258)).hasSize(channels).containsOnly(8);
        assertThat(fields.get(273)).hasSize(3);
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            byte[] packed = new byte[fields.get(279)[i]];
            bytes.get(fields.get(273)[i], packed);
            samples.write(undone(inflated(packed), 101, channels));
        }
        assertThat(samples.toByteArray()).isEqualTo(samples(picture.rgb(), channels));
        byte[] profile = new byte[PROFILE.length];
        bytes.get(fields.get(-34675)[0], profile);
        assertThat(profile).isEqualTo(PROFILE);
    }

    @ParameterizedTest
    @EnumSource
    void aTiffIsTheSameWithEveryCompression(TiffCompression compression) {
        Path file = folder.resolve("sheet.tif");
        PictureMetadata metadata = new PictureMetadata(Optional.empty(), OptionalDouble.of(300), Map.of(), compression);
        SheetWriter.tiff(picture, inks(3), file, metadata, _ -> {});
        try (PictureFile read = PictureFile.open(file)) {
            assertThat(read.info().dpi()).hasValue(300);
            assertThat(read.picture().orElseThrow().read(picture.bounds()).rgb())
                    .isEqualTo(picture.rgb());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void aPdfHoldsTheSamplesAsImagesBelowEachOther(int channels) throws Exception {
        Path file = folder.resolve("sheet.pdf");
        Page page = new Page(
                200,
                300,
                new Page.Box(20, 20, 160, 260),
                new Page.Box(10, 10, 180, 280),
                new Page.Box(10, 10, 180, 280),
                List.of(new Page.Line(20, 0, 20, 8)));
        PdfEncoder.write(picture, inks(channels), page, 101L * channels * 64, file, _ -> {});
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, ISO_8859_1);
        assertThat(text)
                .contains("/MediaBox [0 0 200 300]", "/TrimBox [20 20 180 280]", "/BleedBox [10 10 190 290]")
                .doesNotContain("UserUnit");
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        Matcher image = STREAM.matcher(text);
        int images = 0;
        while (image.find()) {
            int length = number(text, "\n" + (Integer.parseInt(image.group(1)) + 1) + " 0 obj\\n(\\d+)\\n");
            byte[] packed = Arrays.copyOfRange(bytes, image.end(), image.end() + length);
            samples.write(undone(inflated(packed), 101, channels));
            images++;
        }
        assertThat(images).isEqualTo(3);
        assertThat(samples.toByteArray()).isEqualTo(samples(picture.rgb(), channels));
        assertThatTheTableIsRight(text);
    }

    @Test
    void aPageOfMoreThanTwoHundredInchesIsToldInLargerUnits() throws IOException {
        Path file = folder.resolve("sheet.pdf");
        Page.Box all = new Page.Box(0, 0, 20_000, 30_000);
        SheetWriter.pdf(picture, inks(3), new Page(20_000, 30_000, all, all, all, List.of()), file, _ -> {});
        assertThat(Files.readString(file, ISO_8859_1)).contains("/UserUnit 3", "/MediaBox [0 0 6666.666667 10000]");
    }

    private static void assertThatTheTableIsRight(String text) {
        int table = number(text, "startxref\n(\\d+)\n%%EOF\n$");
        assertThat(text.substring(table)).startsWith("xref\n0 ");
        int count = number(text, "xref\n0 (\\d+)\n");
        int entries = text.indexOf("0000000000 65535 f \n", table);
        for (int object = 1; object < count; object++) {
            int place = Integer.parseInt(text.substring(entries + 20 * object, entries + 20 * object + 10));
            assertThat(text.substring(place)).startsWith(object + " 0 obj\n");
        }
    }

    private static int number(String text, String form) {
        Matcher found = Pattern.compile(form).matcher(text);
        assertThat(found.find()).as(form).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static byte[] inflated(byte[] packed) throws DataFormatException {
        Inflater inflater = new Inflater();
        inflater.setInput(packed);
        byte[] out = new byte[1 << 20];
        int length = inflater.inflate(out);
        assertThat(inflater.finished()).isTrue();
        return Arrays.copyOf(out, length);
    }

    private static byte[] undone(byte[] samples, int width, int channels) {
        for (int i = 0; i < samples.length; i++)
            if (i % (width * channels) >= channels) samples[i] += samples[i - channels];
        return samples;
    }

    /** Values by tag; where the bytes of a longer value lie by the negative tag. */
    private static Map<Integer, int[]> fields(ByteBuffer tiff) {
        Map<Integer, int[]> fields = new HashMap<>();
        int at = tiff.getInt(4);
        for (int i = 0; i < tiff.getShort(at); i++) {
            int entry = at + 2 + 12 * i;
            int bytes = tiff.getShort(entry + 2) == 3 ? 2 : 4;
            int count = tiff.getInt(entry + 4);
            int place = count * bytes <= 4 ? entry + 8 : tiff.getInt(entry + 8);
            fields.put(-(tiff.getShort(entry) & 0xFFFF), new int[] {place});
            if (tiff.getShort(entry + 2) != 3 && tiff.getShort(entry + 2) != 4) continue;
            int[] values = new int[count];
            for (int k = 0; k < count; k++)
                values[k] = bytes == 2 ? tiff.getShort(place + 2 * k) : tiff.getInt(place + 4 * k);
            fields.put(tiff.getShort(entry) & 0xFFFF, values);
        }
        return fields;
    }
}
