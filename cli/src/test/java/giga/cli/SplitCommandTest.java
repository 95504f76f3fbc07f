package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.input.PictureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitCommandTest {
    @TempDir
    Path folder;

    @Test
    void piecesAreNamedAndSizedAsByImageMagick() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 61, 41);
        Run run = giga("split", picture, "50%x50%", "-o", folder.resolve("out.tif"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("out-0.tif to out-3.tif, 4 pieces");
        assertThat(giga("info", folder.resolve("out-0.tif")).out()).contains("31x21");
        assertThat(giga("info", folder.resolve("out-3.tif")).out()).contains("30x20");

        assertThat(giga("split", picture, "--pieces", "3x1@", "--overlap", "2").code())
                .isZero();
        assertThat(giga("info", folder.resolve("in-1.png")).out()).contains("21x41");
        Path pieces = Files.createDirectory(folder.resolve("pieces"));
        assertThat(giga("split", folder.resolve("out-0.tif"), "10x", "-o", pieces, "--json")
                        .out())
                .contains("\"event\":\"done\"", "out-0-3.tif");
        assertThat(names(pieces)).containsExactly("out-0-0.tif", "out-0-1.tif", "out-0-2.tif", "out-0-3.tif");
    }

    @Test
    void nothingIsReplacedUnasked() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 60, 40);
        Path taken = Files.writeString(folder.resolve("out-03.png"), "mine");
        Run run = giga("split", picture, "50%", "-o", folder.resolve("out-%02d.png"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("out-03.png: there already").contains("--force");
        assertThat(names(folder)).containsExactly("in.png", "out-03.png");
        assertThat(giga("split", picture, "50%", "-o", folder.resolve("out-%02d.png"), "--force")
                        .code())
                .isZero();
        assertThat(Files.size(taken)).isGreaterThan(4);
        assertThat(names(folder)).hasSize(5);
    }

    @Test
    void whatCannotBeCutIsSaid() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 60, 40);
        for (String geometry : List.of("0x5", "-3x2", "wide", "50%x30", "3@")) {
            Run run = giga("split", picture, "--pieces=" + geometry);
            assertThat(run.code()).as(geometry).isEqualTo(2);
            assertThat(run.err()).contains("pieces '" + geometry + "': ");
        }
        assertThat(giga("split", picture).err()).contains("say how large the pieces are");
        assertThat(giga("split", picture, "--overlap", "3").err()).contains("--pieces too");
        assertThat(giga("split", picture, "50%", "--pieces", "50%").err()).contains("give one of them");
        assertThat(giga("split", picture, "61x1@").code()).isEqualTo(1);
        assertThat(giga("split", picture, "50%", "-o", folder.resolve("out.gif"))
                        .err())
                .contains("tells no format");
        assertThat(giga("split", folder.resolve("none.png"), "50%").err()).contains("there is no such file");
        assertThat(names(folder)).containsExactly("in.png");
    }

    @Test
    void joinedPiecesAreThePictureAgain() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 61, 41);
        byte[] pixels = pixels(picture);
        for (String suffix : List.of(".png", ".tif", ".zarr")) {
            Path whole = folder.resolve("whole" + suffix);
            assertThat(giga("split", picture, "7x10", "-o", folder.resolve("out" + suffix))
                            .code())
                    .isZero();
            Run join = giga("join", folder.resolve("out-%d" + suffix), "-o", whole);
            assertThat(join.code()).as(join.err()).isZero();
            assertThat(join.out()).contains("whole" + suffix + " 61x41");
            assertThat(pixels(whole)).isEqualTo(pixels);
        }
        Path pieces = Files.createDirectory(folder.resolve("pieces"));
        giga("split", picture, "2x2@", "--overlap", "5", "-o", pieces);
        Path whole = folder.resolve("again.png");
        assertThat(giga("join", pieces, "-o", whole, "--overlap", "5").err()).contains("1, 2 or 4 columns");
        assertThat(giga("join", pieces, "-o", whole, "--overlap", "5", "--columns", "2")
                        .code())
                .isZero();
        assertThat(pixels(whole)).isEqualTo(pixels);
        assertThat(giga("join", pieces, "-o", whole, "--columns", "2").err()).contains("again.png exists");
    }

    @Test
    void piecesThatDoNotFitAreNamed() throws IOException {
        Path wide = TestPictures.write(folder.resolve("wide.png"), 61, 41);
        Path small = TestPictures.write(folder.resolve("small.png"), 20, 41);
        Path low = TestPictures.write(folder.resolve("low.png"), 61, 20);
        Path out = folder.resolve("out.png");
        Run run = giga("join", wide, small, low, small, "-o", out, "--columns", "2");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("small.png has 20x41 pixels where 20x20 fit");
        assertThat(giga("join", wide, small, low, "-o", out, "--columns", "2").err())
                .contains("no whole rows");
        assertThat(giga("join", wide, "-o", out, "--columns", "0").code()).isEqualTo(2);
        assertThat(giga("join", Files.createDirectory(folder.resolve("empty")), "-o", out)
                        .err())
                .contains("there are no pieces");
        assertThat(out).doesNotExist();
    }

    private static byte[] pixels(Path picture) {
        try (PictureFile file = PictureFile.open(picture)) {
            return file.read().rgb();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
