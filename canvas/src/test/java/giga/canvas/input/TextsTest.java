package giga.canvas.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in pictures, as A1111 and others write them, and as they come damaged. */
class TextsTest {
    private static final String PARAMETERS = "a castle\nNegative prompt: fog\nSteps: 20, Seed: 5, Size: 8x8";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {PARAMETERS, "Schlo\u00df\nSteps: 1", "\u57ce, \ud83c\udff0\nSteps: 1", "x"})
    void whatIsWrittenIsReadBack(String text) {
        for (String name : new String[] {"a.png", "a.jpg"}) {
            Path file = folder.resolve(name);
            PictureWriter.write(new Pixels(8, 8), file, with(text), rows -> {});
            assertThat(texts(file)).as(name).containsExactly(Map.entry("parameters", text));
        }
    }

    private static PictureMetadata with(String text) {
        return new PictureMetadata(Optional.empty(), OptionalDouble.empty(), Map.of("parameters", text));
    }

    private static Map<String, String> texts(Path file) {
        try (PictureFile picture = PictureFile.open(file)) {
            assertThat(picture.read().width()).isPositive();
            return picture.info().texts();
        }
    }

    /** Made by texts/make_texts.py. */
    @ParameterizedTest
    @ValueSource(strings = {"a1111.png", "a1111-zipped.png", "a1111.jpg", "a1111.webp"})
    void readsWhatA1111sLibrariesWrite(String name) throws URISyntaxException {
        Path file = Path.of(TextsTest.class.getResource("/texts/" + name).toURI());
        String castle = name.contains("zipped") ? "a castle, Schlo  " : "a castle, Schlo\u00df \u57ce \ud83c\udff0";
        assertThat(texts(file)).containsOnlyKeys("parameters").containsEntry("parameters", castle + """

                Negative prompt: fog
                Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 965400086, Size: 16x8, \
                Model hash: 6ce0161689, Model: v1-5-pruned-emaonly, Lora hashes: "detail: 1a2b3c4d, ink: 33aa", \
                Version: v1.10.1""");
    }

    @Test
    void aJpegRefusesATextThatIsTooLong() {
        Path jpeg = folder.resolve("a.jpg");
        PictureWriter.check(jpeg, 8, 8, with("x".repeat(32_700)));
        PictureWriter.write(new Pixels(8, 8), jpeg, with("x".repeat(32_700)), rows -> {});
        assertThat(texts(jpeg)).containsEntry("parameters", "x".repeat(32_700));
        assertThatThrownBy(() -> PictureWriter.check(jpeg, 8, 8, with("x".repeat(33_000))))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("Use the suffix .png");
        PictureWriter.check(folder.resolve("a.png"), 8, 8, with("x".repeat(33_000)));
    }

    @Test
    void everyKindOfTextOfAPngIsReadWhereverItLies() throws IOException {
        byte[] before = joined(
                chunk("tEXt", "parameters\0Schlo\u00df".getBytes(ISO_8859_1)),
                chunk("zTXt", joined("Comment\0\0".getBytes(ISO_8859_1), deflated("packed".getBytes(ISO_8859_1)))),
                chunk("iTXt", "Title\0\0\0de\0Titel\0\u57ce".getBytes(UTF_8)));
        byte[] behind = chunk(
                "iTXt", joined("Source\0\1\0\0\0".getBytes(ISO_8859_1), deflated("\u57ce twice".getBytes(UTF_8))));
        assertThat(texts(png(before, behind)))
                .containsExactly(
                        Map.entry("parameters", "Schlo\u00df"),
                        Map.entry("Comment", "packed"),
                        Map.entry("Title", "\u57ce"),
                        Map.entry("Source", "\u57ce twice"));
    }

    @Test
    void aTextThatUnpacksToGigabytesIsLeftOut() throws IOException {
        byte[] bomb = deflated(new byte[100 << 20]);
        byte[] chunks = joined(
                chunk("zTXt", joined("parameters\0\0".getBytes(ISO_8859_1), bomb)),
                chunk("iTXt", joined("Other\0\1\0\0\0".getBytes(ISO_8859_1), bomb)),
                chunk("tEXt", joined("Long\0".getBytes(ISO_8859_1), new byte[2 << 20])),
                chunk("tEXt", "Short\0kept".getBytes(ISO_8859_1)));
        assertThat(texts(png(chunks, new byte[0]))).containsExactly(Map.entry("Short", "kept"));
    }

    @Test
    void damagedTextsAreLeftOut() throws IOException {
        byte[] chunks = joined(
                chunk("tEXt", "no end".getBytes(ISO_8859_1)),
                chunk("tEXt", "\0nameless".getBytes(ISO_8859_1)),
                chunk("zTXt", "A\0\0not deflated".getBytes(ISO_8859_1)),
                chunk("zTXt", "B\0\7".getBytes(ISO_8859_1)),
                chunk("iTXt", "C\0".getBytes(ISO_8859_1)),
                chunk("iTXt", "D\0\0\0en".getBytes(ISO_8859_1)),
                chunk("tEXt", new byte[0]));
        assertThat(texts(png(chunks, new byte[0]))).isEmpty();
    }

    @Test
    void commentsOfExifInEveryCode() {
        for (String text : new String[] {PARAMETERS, "Schlo\u00df \u57ce"}) {
            assertThat(commented("UNICODE\0", text, UTF_16BE)).isEqualTo(text);
            assertThat(commented("UNICODE\0", text, UTF_16LE)).isEqualTo(text);
            assertThat(commented("ASCII\0\0\0", text, UTF_8)).isEqualTo(text);
            assertThat(commented("\0\0\0\0\0\0\0\0", text, UTF_8)).isEqualTo(text);
            assertThat(commented("", text, UTF_8)).isEqualTo(text);
        }
        assertThat(UserComment.decode(new byte[0])).isEmpty();
    }

    private static String commented(String code, String text, Charset charset) {
        return UserComment.decode(joined(code.getBytes(ISO_8859_1), text.getBytes(charset)));
    }

    @Test
    void tenThousandDamagedFilesAreReadOrRefused() throws IOException {
        Random random = new Random(4);
        Path jpeg = folder.resolve("a.jpg");
        PictureWriter.write(new Pixels(8, 8), jpeg, with(PARAMETERS), rows -> {});
        byte[] packed = joined("parameters\0\0".getBytes(ISO_8859_1), deflated(PARAMETERS.getBytes(ISO_8859_1)));
        Path png = png(chunk("zTXt", packed), chunk("iTXt", "Title\0\0\0de\0Titel\0\u57ce".getBytes(UTF_8)));
        Path damaged = folder.resolve("damaged");
        for (Path whole : new Path[] {jpeg, png}) {
            byte[] bytes = Files.readAllBytes(whole);
            int told = 0;
            for (int i = 0; i < 5_000; i++) {
                byte[] copy = bytes.clone();
                for (int change = random.nextInt(4); change >= 0; change--)
                    copy[random.nextInt(Math.min(copy.length, 400))] = (byte) random.nextInt();
                if (random.nextInt(4) == 0) copy = Arrays.copyOf(copy, random.nextInt(copy.length));
                Files.write(damaged, copy);
                try (PictureFile picture = PictureFile.open(damaged)) {
                    told += picture.info().texts().size();
                } catch (PictureException e) {
                    assertThat(e).hasMessageStartingWith(damaged.toString());
                }
            }
            assertThat(told).isGreaterThan(1_000);
        }
    }

    /** A small PNG with chunks before and behind its pixels. */
    private Path png(byte[] before, byte[] behind) throws IOException {
        Path plain = folder.resolve("plain.png");
        PictureWriter.write(new Pixels(8, 8), plain, PictureMetadata.NONE, rows -> {});
        byte[] bytes = Files.readAllBytes(plain);
        int end = bytes.length - 12;
        byte[] whole = joined(
                Arrays.copyOf(bytes, 33),
                before,
                Arrays.copyOfRange(bytes, 33, end),
                behind,
                Arrays.copyOfRange(bytes, end, bytes.length));
        return Files.write(folder.resolve("texts.png"), whole);
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] named = joined(type.getBytes(ISO_8859_1), data);
        CRC32 crc = new CRC32();
        crc.update(named);
        return joined(
                ByteBuffer.allocate(4).putInt(data.length).array(),
                named,
                ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static byte[] deflated(byte[] data) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(data);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) out.write(buffer, 0, deflater.deflate(buffer));
            return out.toByteArray();
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
