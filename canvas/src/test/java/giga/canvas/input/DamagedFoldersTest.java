package giga.canvas.input;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.PictureException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes, a picture or one sentence; nothing that hangs, no other exception, no Error. */
class DamagedFoldersTest {
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "255",
            "256",
            "300000",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "99999999999999999999",
            "1.5",
            "null",
            "\"\"",
            "[]");

    @TempDir
    Path folder;

    @Test
    void mutatedPicturesEndWellOrInASentence() throws IOException {
        unpackFolders();
        mutate(800, 1);
        unpackTiffs();
        mutate(1500, 2);
    }

    @Test
    @Tag("slow")
    void manyMutatedFoldersEndWellOrInASentence() throws IOException {
        unpackFolders();
        mutate(10_000, 3);
    }

    @Test
    @Tag("slow")
    void manyMutatedTiffsEndWellOrInASentence() throws IOException {
        unpackTiffs();
        mutate(10_000, 4);
    }

    private void unpackFolders() throws IOException {
        for (String name : List.of("default", "gzip", "sharded", "v2", "v2-zlib", "zstd-checksum", "ome05", "ome04"))
            StoredPictures.unpack(folder, name + "/");
        StoredPictures.unpack(folder, "dz-overlap", "dz-wide");
    }

    private void unpackTiffs() throws IOException {
        StoredPictures.unpack(folder, "tiff-lzw", "tiff-zlib-separate", "tiff-zstd", "tiff-packbits-contig", "soft");
    }

    private void mutate(int mutations, long seed) throws IOException {
        List<Path> pictures = StoredPictures.in(folder).toList();
        Random random = new Random(seed);
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        int decoded = 0;
        for (int i = 0; i < mutations; i++) {
            Path picture = pictures.get(i % pictures.size());
            List<Path> files = PictureFile.files(picture);
            boolean description = random.nextInt(3) > 0;
            List<Path> chosen = files.stream()
                    .filter(file ->
                            !description || file.getFileName().toString().matches("zarr.json|\\.z.*|.*\\.dzi|.*tif"))
                    .toList();
            Path file = chosen.get(random.nextInt(chosen.size()));
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, mutated(whole, random, file.toString().matches(".*(json|\\.z\\w+|dzi)")));
            long start = clock.getCurrentThreadCpuTime();
            try (PictureFile opened = PictureFile.open(picture)) {
                opened.copyTo((x, y, block) -> {}, rows -> {
                    if (rows > 20_000) throw new EnoughException();
                });
                decoded++;
            } catch (EnoughException e) {
                decoded++;
            } catch (PictureException e) {
                assertThat(e)
                        .hasMessageStartingWith(folder.toString())
                        .message()
                        .endsWith(".")
                        .doesNotContain("\n");
            } catch (Throwable e) {
                throw new AssertionError("mutation " + i + " of " + file, e);
            } finally {
                Files.write(file, whole);
            }
            assertThat(clock.getCurrentThreadCpuTime() - start)
                    .as("%s, mutation %d", file, i)
                    .isLessThan(2_000_000_000L);
        }
        assertThat(decoded).isBetween(mutations / 50, mutations - mutations / 10);
    }

    /** A size may honestly be large where chunks that are not there are of the fill value; no test needs to see all of it. */
    private static final class EnoughException extends RuntimeException {}

    private static byte[] mutated(byte[] bytes, Random random, boolean text) {
        if (bytes.length < 8) return new byte[0];
        if (text && random.nextBoolean()) return otherNumber(new String(bytes, StandardCharsets.UTF_8), random);
        byte[] copy = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
            case 1 -> copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                for (int i = random.nextInt(20); i >= 0; i--)
                    copy[random.nextInt(copy.length)] = (byte) random.nextInt();
            }
            case 3 -> {
                int[] extremes = {0, 1, -1, 0xFFFF, 0x10000, Integer.MAX_VALUE, Integer.MIN_VALUE, 16384};
                int value = extremes[random.nextInt(extremes.length)];
                int at = random.nextInt(copy.length - 4);
                if (random.nextBoolean()) ByteBuffer.wrap(copy).putInt(at, value);
                else ByteBuffer.wrap(copy).putShort(at, (short) value);
            }
            default -> copy[random.nextInt(Math.min(copy.length, 100))] = (byte) random.nextInt();
        }
        return copy;
    }

    private static byte[] otherNumber(String text, Random random) {
        List<int[]> places = NUMBER.matcher(text)
                .results()
                .map(found -> new int[] {found.start(), found.end()})
                .toList();
        if (places.isEmpty()) return new byte[0];
        int[] place = places.get(random.nextInt(places.size()));
        String number = NUMBERS.get(random.nextInt(NUMBERS.size()));
        return (text.substring(0, place[0]) + number + text.substring(place[1])).getBytes(StandardCharsets.UTF_8);
    }
}
