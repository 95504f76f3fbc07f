package giga.canvas.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import giga.canvas.PictureException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DamagedPicturesTest {
    private static final int MUTATIONS = 10_000;

    @TempDir
    Path folder;

    /** Whatever the bytes, a picture or one sentence; nothing that hangs, no other exception, no Error. */
    @Test
    void everyMutatedFileEndsWellOrInASentence() throws IOException {
        List<String> names = new ArrayList<>(PictureFileTest.pictures());
        names.addAll(List.of(
                "tall/one-strip-16.tif", "tall/one-strip-planes.tif", "tall/planes.tif", "tall/sequential.png"));
        Random random = new Random(20261123);
        Path file = folder.resolve("mutated");
        // Processor time, as a busy machine is no fault of the decoder.
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        int decoded = 0;
        long slowest = 0;
        String slowestName = "";
        for (int i = 0; i < MUTATIONS; i++) {
            String name = names.get(i % names.size());
            byte[] bytes = mutated(Files.readAllBytes(PictureFileTest.picture(name)), random);
            Files.write(file, bytes);
            long start = clock.getCurrentThreadCpuTime();
            try (PictureFile picture = PictureFile.open(file)) {
                picture.copyTo((x, y, block) -> {}, rows -> {});
                decoded++;
            } catch (PictureException e) {
                assertThat(e)
                        .hasMessageStartingWith(file.toString())
                        .message()
                        .endsWith(".")
                        .doesNotContain("\n");
            } catch (Throwable e) {
                throw new AssertionError("mutation " + i + " of " + name, e);
            }
            long took = clock.getCurrentThreadCpuTime() - start;
            if (took > slowest) {
                slowest = took;
                slowestName = name + " mutation " + i;
            }
        }
        assertThat(decoded).isBetween(100, MUTATIONS - 1000);
        assertThat(slowest).as(slowestName).isLessThan(2_000_000_000L);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] copy = bytes.clone();
        switch (random.nextInt(6)) {
            case 0 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
            case 1 -> copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                for (int i = random.nextInt(20); i >= 0; i--)
                    copy[random.nextInt(copy.length)] = (byte) random.nextInt();
            }
            // A number near the start, where sizes and lengths stand, becomes extreme.
            case 3 -> putNumber(copy, random.nextInt(Math.min(copy.length, 200) - 4), random);
            case 4 -> putNumber(copy, random.nextInt(copy.length - 4), random);
            default -> copy[random.nextInt(Math.min(copy.length, 100))] = (byte) random.nextInt();
        }
        if (random.nextBoolean()) mendPngChecksums(copy);
        return copy;
    }

    private static void putNumber(byte[] bytes, int at, Random random) {
        int[] extremes = {0, 1, -1, 0xFFFF, 0x10000, Integer.MAX_VALUE, Integer.MIN_VALUE, 16384, 65536 * 37};
        int value = extremes[random.nextInt(extremes.length)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (random.nextBoolean()) buffer.putInt(at, value);
        else buffer.putShort(at, (short) value);
    }

    /** Otherwise the checksum would stop every mutation of a PNG at the door. */
    private static void mendPngChecksums(byte[] bytes) {
        if (bytes.length < 20 || bytes[1] != 'P') return;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (long at = 8; at + 12 <= bytes.length; ) {
            long length = buffer.getInt((int) at) & 0xFFFFFFFFL;
            if (at + 12 + length > bytes.length) return;
            CRC32 crc = new CRC32();
            crc.update(bytes, (int) at + 4, (int) length + 4);
            buffer.putInt((int) (at + 8 + length), (int) crc.getValue());
            at += 12 + length;
        }
    }

    @ParameterizedTest
    @MethodSource("giga.canvas.input.PictureFileTest#pictures")
    void aFileCutInHalfIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(PictureFileTest.picture(name));
        Path half = folder.resolve(name);
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> {
                    try (PictureFile file = PictureFile.open(half)) {
                        file.read();
                    }
                })
                .isInstanceOf(PictureException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|empty",
                "GIF89a and so on|GIF",
                "<!DOCTYPE html><html>Not found</html>|web page",
                "<svg xmlns='http://www.w3.org/2000/svg'/>|SVG",
                "no picture at all|text file",
                "8BPS....|Photoshop",
                "%PDF-1.7|PDF",
            })
    void namesWhatItIsInstead(String content, String named) throws IOException {
        assertRefused(content.getBytes(ISO_8859_1), named);
    }

    @Test
    void namesBinaryFormats() throws IOException {
        assertRefused("BM\1\2\3\4\0\0\0\0\66\0\0\0\50".getBytes(ISO_8859_1), "BMP");
        assertRefused("\0\0\0\40ftypavif\0\0\0\0avifmif1".getBytes(ISO_8859_1), "AVIF");
        assertRefused("\0\0\0\40ftypheic\0\0\0\0mif1heic".getBytes(ISO_8859_1), "HEIC");
        assertRefused(new byte[] {1, 2, 3, 4, 5}, "not a picture");
    }

    @Test
    void aSmallFileCannotAskForAllMemory() throws IOException {
        byte[] png = Files.readAllBytes(PictureFileTest.picture("rgb8.png"));
        ByteBuffer.wrap(png).putInt(16, 1_000_000_000).putInt(20, 1_000_000_000);
        assertRefused(png, "300000");
        byte[] interlaced = Files.readAllBytes(PictureFileTest.picture("interlaced-rgb8.png"));
        ByteBuffer.wrap(interlaced).putInt(16, 200_000).putInt(20, 200_000);
        mendPngChecksums(interlaced);
        assertRefused(interlaced, "interlaced");
    }

    /** Its alpha plane reads on behind the end of the file, which the library notices only after forty seconds. */
    @Test
    @Timeout(5)
    void givesUpAtTheEndOfTheFile() throws IOException {
        assertRefused(Files.readAllBytes(PictureFileTest.picture("damaged/alpha-without-end.webp")), "ends before");
    }

    @Test
    void largePrivateChunksDoNotMatter() throws IOException {
        byte[] png = Files.readAllBytes(PictureFileTest.picture("rgb8.png"));
        ByteBuffer padded = ByteBuffer.allocate(png.length + 8 * (12 + 1_500_000));
        padded.put(png, 0, 33);
        for (int i = 0; i < 8; i++)
            padded.putInt(1_500_000).put("prVt".getBytes(ISO_8859_1)).position(padded.position() + 1_500_004);
        padded.put(png, 33, png.length - 33);
        mendPngChecksums(padded.array());
        Path file = Files.write(folder.resolve("padded.png"), padded.array());
        try (PictureFile picture = PictureFile.open(file)) {
            assertThat(picture.read().rgb()).isEqualTo(Files.readAllBytes(PictureFileTest.picture("rgb8.png.rgb")));
        }
    }

    @Test
    void namesWhatIsWrongWithThePath() throws IOException {
        assertThatThrownBy(() -> PictureFile.open(folder))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("folder");
        Path missing = folder.resolve("missing.png");
        assertThatThrownBy(() -> PictureFile.open(missing))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("no such file")
                .hasMessageContaining(missing.toString());
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device));
        assertThatThrownBy(() -> PictureFile.open(device))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("device");
    }

    private void assertRefused(byte[] content, String named) throws IOException {
        Path file = folder.resolve("some.png");
        Files.write(file, content);
        assertThatThrownBy(() -> {
                    try (PictureFile picture = PictureFile.open(file)) {
                        picture.copyTo((x, y, block) -> {}, rows -> {});
                    }
                })
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(named);
    }
}
