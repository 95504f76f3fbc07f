package giga.canvas.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayMetadataTest {
    @TempDir
    Path folder;

    private Path file;
    private String written;

    @BeforeEach
    void writePicture() throws IOException {
        ZarrPicture.create(folder, 700, 600);
        file = folder.resolve("zarr.json");
        written = Files.readString(file);
    }

    @Test
    void whatIsWrittenOpens() {
        assertThat(ZarrPicture.open(folder).grid()).isEqualTo(new ChunkGrid(700, 600, 512));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": \"bytes\"} | {\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}",
                "{\"name\": \"crc32c\"} | \"crc32c\"",
                "\"dimension_names\": [\"y\", \"x\", \"c\"], | ``",
                "\"attributes\": {} | \"attributes\": {\"title\": \"Zimiamvia\"}, \"storage_transformers\": []",
                "\"attributes\": {} | \"somebody\": {\"must_understand\": false}",
                ", \"configuration\": {\"separator\": \"/\"} | ``",
            })
    void otherSpellingsOfTheSameArrayOpenToo(String text, String instead) throws IOException {
        replace(text, instead);
        assertThat(ZarrPicture.open(folder).width()).isEqualTo(700);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"zarr_format\": 3 | \"zarr_format\": 2 | zarr_format 2",
                "\"array\" | \"group\" | node_type \"group\"",
                "\"uint8\" | \"float32\" | data_type \"float32\"",
                "[600, 700, 3] | [600, 700, 4] | shape [600,700,4]",
                "[600, 700, 3] | [600, 700] | shape [600,700]",
                "[600, 700, 3] | [0, 700, 3] | shape [0,700,3]",
                "[600, 700, 3] | [-1, 700, 3] | shape [-1,700,3]",
                "[600, 700, 3] | [600, 2000000, 3] | shape [600,2000000,3]",
                "[600, 700, 3] | [600, 4294967297, 3] | shape [600,4294967297,3]",
                "[600, 700, 3] | [600, 1e400000, 3] | shape",
                "[600, 700, 3] | [600.5, 700, 3] | shape",
                "[600, 700, 3] | \"large\" | shape \"large\"",
                "[512, 512, 3] | [0, 0, 3] | chunk_grid",
                "[512, 512, 3] | [512, 256, 3] | chunk_grid",
                "[512, 512, 3] | [65536, 65536, 3] | chunk_grid",
                "[512, 512, 3] | [512, 512, 1] | chunk_grid",
                "\"regular\" | \"rectilinear\" | chunk_grid",
                "\"crc32c\" | \"gzip\" | codecs",
                "{\"name\": \"bytes\"}, | `` | codecs",
                "\"separator\": \"/\" | \"separator\": \".\" | chunk_key_encoding",
                "\"fill_value\": 0 | \"fill_value\": 255 | fill_value 255",
                "\"fill_value\": 0, | `` | no fill_value",
                "[\"y\", \"x\", \"c\"] | [\"x\", \"y\", \"c\"] | dimension_names",
                "\"attributes\": {} | \"attributes\": 7 | attributes 7",
                "\"attributes\": {} | \"somebody\": {} | unknown entry \"somebody\"",
                "\"attributes\": {} | \"shape\": [1, 1, 3] | not JSON",
                "{ | `` | JSON",
            })
    void refusesEverythingElseAndSaysWhy(String text, String instead, String message) throws IOException {
        replace(text, instead);
        assertThatThrownBy(() -> ZarrPicture.open(folder))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void refusesFilesThatAreNoMetadata() throws IOException {
        for (String text : new String[] {"", "null", "[]", "7", "[".repeat(100_000), " ".repeat(2_000_000)}) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> ZarrPicture.open(folder)).isInstanceOf(PictureException.class);
        }
        Files.delete(file);
        assertThatThrownBy(() -> ZarrPicture.open(folder))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("holds no picture");
        Files.createDirectory(file);
        assertThatThrownBy(() -> ZarrPicture.open(folder)).isInstanceOf(PictureException.class);
    }

    @Test
    void mutatedFilesOpenAsSomePictureOrAreRefused() {
        byte[] original = written.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(20);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] mutated = mutate(original, random);
            try {
                ChunkGrid grid = ArrayMetadata.parse(mutated, file).grid();
                assertThat(grid.width()).isBetween(1, ArrayMetadata.MAX_SIDE);
                assertThat(grid.side()).isBetween(1, ArrayMetadata.MAX_CHUNK_SIDE);
            } catch (PictureException e) {
                assertThat(e).hasMessageContaining("zarr.json");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) "0123456789[]{}\",:-.e".charAt(random.nextInt(20));
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 3 -> System.arraycopy(original, 0, bytes, at, Math.min(random.nextInt(40), bytes.length - at));
                default -> bytes[at] = (byte) random.nextInt();
            }
        }
        return bytes;
    }

    private void replace(String text, String instead) throws IOException {
        assertThat(written).contains(text);
        Files.writeString(file, written.replace(text, instead));
    }
}
