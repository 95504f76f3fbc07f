package giga.canvas.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    @TempDir
    Path folder;

    @Test
    void whatAKillLeftGoesAndNothingElse() throws IOException {
        Path left = Files.createDirectories(folder.resolve(".a.dzi.1f2e.partial/files/3"));
        Files.writeString(left.resolve("0_0.jpg"), "half a til");
        Files.writeString(folder.resolve(".a.dzi.77.partial"), "of an older giga");
        Path other = Files.createDirectory(folder.resolve(".b.dzi.1f2e.partial"));
        Path alike = Files.writeString(folder.resolve("xa.dzi.1f2e.partial"), "mine");
        Staging.deleteLeftovers(folder.resolve("a.dzi"), Instant.now().minusSeconds(60));
        assertThat(left).exists();
        Staging.deleteLeftovers(folder.resolve("a.dzi"), Instant.now().plusSeconds(60));
        assertThat(folder).isDirectoryNotContaining("glob:**/.a.dzi*");
        assertThat(other).exists();
        assertThat(alike).exists();
    }

    @Test
    void aFolderIsReplacedByAFolder() throws IOException {
        Path place = Files.createDirectory(folder.resolve("a.zarr"));
        Files.writeString(place.resolve("old"), "");
        try (Staging staging = Staging.beside(place)) {
            Path made = Files.createDirectory(staging.resolve("picture"));
            Files.writeString(made.resolve("new"), "");
            staging.publish(made, place);
        }
        assertThat(place).isDirectoryContaining("glob:**/new").isDirectoryNotContaining("glob:**/old");
        assertThat(folder).isDirectoryNotContaining("glob:**partial");
    }
}
