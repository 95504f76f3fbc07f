package giga.canvas.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    Path folder;

    @Test
    void aFolderGoesWithAllThatItHolds() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("a/b/c"));
        Files.writeString(deep.resolve("d"), "d");
        Files.writeString(folder.resolve("a/e"), "e");
        Files.writeString(folder.resolve("beside"), "stays");
        Folders.delete(folder.resolve("a"));
        assertThat(folder).isDirectoryNotContaining("glob:**/a").isDirectoryContaining("glob:**/beside");
    }

    @Test
    void aFileGoesAndNothingHappensWhereThereIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Folders.delete(file);
        assertThat(file).doesNotExist();
        Folders.delete(file);
        Folders.delete(folder.resolve("none/none"));
    }

    @Test
    void whatALinkLeadsToStays() throws IOException {
        Path kept = Files.writeString(
                Files.createDirectory(folder.resolve("elsewhere")).resolve("kept"), "kept");
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.createSymbolicLink(root.resolve("link"), kept.getParent());
        Files.createSymbolicLink(root.resolve("broken"), folder.resolve("nowhere"));
        Folders.delete(root);
        assertThat(root).doesNotExist();
        assertThat(kept).hasContent("kept");
    }
}
