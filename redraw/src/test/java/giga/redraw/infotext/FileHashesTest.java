package giga.redraw.infotext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.redraw.JobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashesTest {
    /** SHA-256 of "abc", from FIPS 180-2. */
    private static final String ABC = "ba7816bf8f01";

    @TempDir
    Path folder;

    private FileHashes hashes() {
        return new FileHashes(folder.resolve("kept"));
    }

    @Test
    void modelsByTheWholeFile() throws IOException {
        Path file = Files.writeString(folder.resolve("abc.ckpt"), "abc");
        assertThat(hashes().model(file)).hasValue(ABC.substring(0, 10));
        assertThat(hashes().model(folder)).isEmpty();
    }

    @Test
    void lorasByTheirTensorsAlone() throws IOException {
        byte[] notes = "{\"__metadata__\":{\"a\":\"b\"}}".getBytes(StandardCharsets.UTF_8);
        ByteBuffer safetensors = ByteBuffer.allocate(8 + notes.length + 3).order(ByteOrder.LITTLE_ENDIAN);
        safetensors.putLong(notes.length).put(notes).put("abc".getBytes(StandardCharsets.UTF_8));
        assertThat(hashes().lora(Files.write(folder.resolve("a.safetensors"), safetensors.array())))
                .isEqualTo(ABC);
        assertThat(hashes().lora(Files.writeString(folder.resolve("a.pt"), "abc")))
                .isEqualTo(ABC);
        safetensors.putLong(0, Long.MAX_VALUE);
        assertThat(hashes().lora(Files.write(folder.resolve("b.safetensors"), safetensors.array())))
                .hasSize(12);
    }

    @Test
    void whatIsKeptIsUsedUntilTheFileChanges() throws IOException {
        Path file = Files.writeString(folder.resolve("abc.ckpt"), "abc");
        FileTime time = Files.getLastModifiedTime(file);
        hashes().model(file);
        Files.writeString(file, "abd");
        Files.setLastModifiedTime(file, time);
        assertThat(hashes().model(file)).as("same size and time").hasValue(ABC.substring(0, 10));
        Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1000));
        assertThat(hashes().model(file).orElseThrow()).isNotEqualTo(ABC.substring(0, 10));
    }

    @Test
    void aFolderThatCannotBeUsedDoesNotMatter() throws IOException {
        Path file = Files.writeString(folder.resolve("abc.ckpt"), "abc");
        assertThat(new FileHashes(file.resolve("below-a-file")).model(file)).hasValue(ABC.substring(0, 10));
        hashes().model(file);
        try (Stream<Path> kept = Files.list(folder.resolve("kept"))) {
            for (Path entry : kept.toList()) Files.write(entry, new byte[] {(byte) 0xFF, 0, 1});
        }
        assertThat(hashes().model(file)).hasValue(ABC.substring(0, 10));
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> hashes().model(folder.resolve("none.ckpt")))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("none.ckpt");
    }
}
