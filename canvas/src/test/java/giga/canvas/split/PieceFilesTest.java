package giga.canvas.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceFilesTest {
    @TempDir
    Path folder;

    @Test
    void namesThatDifferInOneNumberGoByIt() {
        assertThat(PieceFiles.of(paths("a2-0.png", "a2-1.png", "a2-10.png", "a2-2.png")))
                .isEqualTo(paths("a2-0.png", "a2-1.png", "a2-2.png", "a2-10.png"));
        assertThat(PieceFiles.of(paths("x1-y0.png", "x0-y0.png"))).isEqualTo(paths("x0-y0.png", "x1-y0.png"));
    }

    @Test
    void otherNamesStayInTheirOrder() {
        for (List<Path> given : List.of(
                paths("left.png", "a.png"),
                paths("1-0.png", "0-1.png"),
                paths("b-1.png", "a-0.png"),
                paths("a.png", "a.png"))) assertThat(PieceFiles.of(given)).isEqualTo(given);
    }

    @Test
    void aPatternOrAFolderMeansWhatIsThere() throws IOException {
        for (String name : List.of("p%-10.png", "p%-9.png", "p%-x.png", "p%-9.txt", "q%-1.png", ".p%-3.png"))
            Files.createFile(folder.resolve(name));
        assertThat(PieceFiles.of(paths("p%%-%d.png"))).isEqualTo(paths("p%-9.png", "p%-10.png"));
        assertThat(PieceFiles.of(paths("p%%-%03d.png"))).hasSize(2);
        assertThat(PieceFiles.of(List.of(folder))).hasSize(4).containsSubsequence(paths("p%-9.png", "p%-10.png"));
        assertThatThrownBy(() -> PieceFiles.of(paths("none-%d.png"))).isInstanceOf(PictureException.class);
        assertThatThrownBy(() -> PieceFiles.of(List.of(Files.createDirectory(folder.resolve("empty")))))
                .hasMessageContaining("there are no pieces");
    }

    @Test
    void aStoredPictureIsOnePiece() throws IOException {
        Files.createFile(folder.resolve("zarr.json"));
        assertThat(PieceFiles.of(List.of(folder))).containsExactly(folder);
    }

    private List<Path> paths(String... names) {
        return Stream.of(names).map(folder::resolve).toList();
    }
}
