package giga.canvas.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A good BigTIFF of LZW tiles, in which one field lies. */
class HostileTiffTest {
    private static final String NAME = "tiff-lzw-contig-8-big-ii.tif";
    private static final int ENTRY_BYTES = 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @Timeout(10)
    @CsvSource({
        "256, 1, 2147483648, 300000",
        "257, 1, 4294967295, 300000",
        "256, 1, 0, size of 0",
        "257, 1, 299999, too few",
        "258, 1, 0, bits",
        "277, 1, 0, channels",
        "277, 1, 65535, channels",
        "259, 1, 34712, JPEG 2000",
        "322, 1, 0, tiles",
        "322, 1, 4294967295, tiles",
        "323, 1, 0, tiles",
        "324, 0, 0, too few",
        "324, 4294967296, 0, states",
        "324, 9223372036854775807, 0, states",
        "324, 4, 9223372036854775807, behind",
        "325, 4, -1, behind",
    })
    void aFieldThatLiesIsNamed(int tag, long count, long value, String named) throws IOException {
        StoredPictures.unpack(folder, NAME);
        Path file = folder.resolve(NAME);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer tiff = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int entry = entry(tiff, tag);
        // As one LONG8, so that values of any size have room.
        tiff.putShort(entry + 2, (short) 16).putLong(entry + 4, count).putLong(entry + 12, value);
        Files.write(file, bytes);
        assertThatThrownBy(() -> {
                    try (PictureFile picture = PictureFile.open(file)) {
                        picture.read();
                    }
                })
                .isInstanceOf(PictureException.class)
                .message()
                .startsWith(file.toString())
                .contains(named)
                .endsWith(".");
    }

    /** Only the first directory counts, so a chain that bites its tail is never walked. */
    @Test
    @Timeout(10)
    void aChainOfPagesThatBitesItsTailDoesNotMatter() throws IOException {
        StoredPictures.unpack(folder, NAME);
        Path file = folder.resolve(NAME);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer tiff = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int directory = (int) tiff.getLong(8);
        tiff.putLong(directory + 8 + ENTRY_BYTES * (int) tiff.getLong(directory), directory);
        Files.write(file, bytes);
        try (PictureFile picture = PictureFile.open(file)) {
            assertThat(picture.read().rgb()).isEqualTo(StoredPictures.expected().rgb());
        }
    }

    private static int entry(ByteBuffer tiff, int tag) {
        int directory = (int) tiff.getLong(8);
        return IntStream.range(0, (int) tiff.getLong(directory))
                .map(i -> directory + 8 + i * ENTRY_BYTES)
                .filter(at -> (tiff.getShort(at) & 0xFFFF) == tag)
                .findFirst()
                .orElseThrow();
    }
}
