package giga.canvas.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.Scratch;
import giga.canvas.input.PictureFile;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DeepZoomTest {
    @Property(tries = 15)
    void everyTileShowsItsPartAndOnePixelOfItsNeighbours(
            @ForAll @IntRange(min = 1, max = 2300) int width, @ForAll @IntRange(min = 1, max = 600) int height)
            throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Pixels level = new PictureWriterTest.Waves(width, height).read(new Region(0, 0, width, height));
            PictureWriter.write(level, scratch.resolve("a.dzi"), PictureMetadata.NONE, _ -> {});
            int depth = 32 - Integer.numberOfLeadingZeros(Math.max(width, height) - 1);
            assertThat(scratch.resolve("a_files/" + (depth + 1))).doesNotExist();
            for (; depth >= 0; depth--, level = Halving.of(level)) {
                Path folder = scratch.resolve("a_files/" + depth);
                int columns = Math.ceilDiv(level.width(), 254);
                int rows = Math.ceilDiv(level.height(), 254);
                try (var tiles = Files.list(folder)) {
                    assertThat(tiles).hasSize(columns * rows);
                }
                for (int row = 0; row < rows; row++)
                    for (int column = 0; column < columns; column++) {
                        Region core = new Region(254 * column, 254 * row, 254, 254).intersection(level.bounds());
                        Pixels expected = level.read(core.grow(1, level.bounds()));
                        Path file = folder.resolve(column + "_" + row + ".jpg");
                        Pixels tile = TiffTest.pixels(ImageIO.read(file.toFile()));
                        assertThat(tile.width()).isEqualTo(expected.width());
                        assertThat(tile.height()).isEqualTo(expected.height());
                        assertThat(difference(tile, expected))
                                .as("%s", file)
                                .isLessThan(tile.bounds().area() < 64 ? 8 : 3);
                    }
            }
            assertThat(Files.readString(scratch.resolve("a.dzi")))
                    .contains("Width=\"%d\" Height=\"%d\"".formatted(width, height), "TileSize=\"254\"");
        }
    }

    private static double difference(Pixels a, Pixels b) {
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) sum += Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF));
        return sum / (double) a.rgb().length;
    }

    @Example
    void tilesCarryAProfileThatIsNotLarge() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            byte[] icc = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
            PictureMetadata metadata = new PictureMetadata(Optional.of(icc), OptionalDouble.empty());
            PictureWriter.write(new Pixels(10, 10), scratch.resolve("a.dzi"), metadata, _ -> {});
            try (PictureFile tile = PictureFile.open(scratch.resolve("a_files/4/0_0.jpg"))) {
                assertThat(tile.info().icc()).hasValue(icc);
            }
        }
    }

    @Example
    void replacesAnOlderOneWholly() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path file = scratch.resolve("a.dzi");
            PictureWriter.write(new Pixels(2000, 10), file, PictureMetadata.NONE, _ -> {});
            PictureWriter.write(new Pixels(10, 10), file, PictureMetadata.NONE, _ -> {});
            assertThat(scratch.resolve("a_files/11")).doesNotExist();
            assertThat(scratch.resolve("a_files/4/0_0.jpg")).exists();
            try (var left = Files.list(scratch.path())) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .containsExactlyInAnyOrder("a.dzi", "a.html", "a_files");
            }
        }
    }

    @Example
    void aCancelledWriteLeavesTheOldOneAndNothingElse() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path file = scratch.resolve("a.dzi");
            PictureWriter.write(new Pixels(10, 10), file, PictureMetadata.NONE, _ -> {});
            assertThatThrownBy(() -> PictureWriter.write(new Pixels(2000, 10), file, PictureMetadata.NONE, _ -> {
                        throw new CancellationException("enough");
                    }))
                    .isInstanceOf(CancellationException.class);
            assertThat(Files.readString(file)).contains("Width=\"10\"");
            try (var left = Files.list(scratch.path())) {
                assertThat(left).hasSize(3);
            }
        }
    }

    @Example
    void doesNotReplaceAFolderOfOtherThings() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path notes = scratch.resolve("a_files/notes.txt");
            Files.createDirectory(notes.getParent());
            Files.writeString(notes, "mine");
            assertThatThrownBy(() -> PictureWriter.check(scratch.resolve("a.dzi"), 10, 10))
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining("notes.txt");
            assertThat(notes).hasContent("mine");
            Files.writeString(scratch.resolve("b.html"), "my page");
            assertThatThrownBy(() -> PictureWriter.check(scratch.resolve("b.dzi"), 10, 10))
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining("b.html");
        }
    }

    @Example
    void thePageHoldsAllItNeedsWhateverThePictureIsCalled() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            PictureWriter.write(
                    new Pixels(10, 10),
                    scratch.resolve("a</script>\"#ü.dzi".replace("/", "")),
                    PictureMetadata.NONE,
                    _ -> {});
            String page = Files.readString(scratch.resolve("a<script>\"#ü.html"));
            assertThat(page)
                    .contains("<title>a&lt;script&gt;\"#ü</title>")
                    .contains("encodeURIComponent(\"a\\u003cscript\\u003e\\u0022\\u0023\\u00fc\")")
                    .contains("OpenSeadragon 2.4.2".toLowerCase())
                    .contains("Redistribution and use in source and binary forms");
            assertThat(page.split("</script>", -1)).hasSize(3);
        }
    }
}
