package giga.canvas.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ar.com.hjg.pngj.PngReaderByte;
import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureFormat;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureWriterTest {
    private static final PictureMetadata PRINT = new PictureMetadata(
            Optional.of(largeProfile()),
            OptionalDouble.of(300),
            Map.of("parameters", "a castle, Steps: 20", "Titel", "Schloß 城"));

    @TempDir
    Path folder;

    /** A picture of any size that is computed, so that only what is read takes memory. */
    record Waves(int width, int height) implements Picture {
        @Override
        public Pixels read(Region region) {
            Pixels pixels = new Pixels(region.width(), region.height());
            for (int y = 0, i = 0; y < region.height(); y++)
                for (int x = 0; x < region.width(); x++, i += 3) {
                    int wide = (region.x() + x) % 512;
                    int high = (region.y() + y) % 512;
                    pixels.rgb()[i] = (byte) (wide / 2);
                    pixels.rgb()[i + 1] = (byte) (high / 2);
                    pixels.rgb()[i + 2] = (byte) ((wide + high) / 4);
                }
            return pixels;
        }
    }

    private static byte[] largeProfile() {
        byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        byte[] large = Arrays.copyOf(srgb, 150_000);
        large[0] = 0;
        large[1] = (byte) (large.length >> 16);
        large[2] = (byte) (large.length >> 8);
        large[3] = (byte) large.length;
        return large;
    }

    @Property(tries = 40)
    void pngGivesBackEveryPixel(
            @ForAll @IntRange(min = 1, max = 700) int width, @ForAll @IntRange(min = 1, max = 1200) int height)
            throws IOException {
        Path file = Files.createTempFile("giga", ".png");
        Picture picture = new Waves(width, height);
        PictureWriter.write(picture, file, PictureMetadata.NONE, rows -> {});
        try (PictureFile back = PictureFile.open(file)) {
            assertThat(back.read().rgb())
                    .isEqualTo(picture.read(picture.bounds()).rgb());
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 40)
    void jpegGivesBackEveryPixelNearly(
            @ForAll @IntRange(min = 1, max = 700) int width, @ForAll @IntRange(min = 1, max = 1200) int height)
            throws IOException {
        Path file = Files.createTempFile("giga", ".jpg");
        Picture picture = new Waves(width, height);
        PictureWriter.write(picture, file, PictureMetadata.NONE, rows -> {});
        try (PictureFile back = PictureFile.open(file)) {
            assertThat(back.info().format()).isEqualTo(PictureFormat.JPEG);
            byte[] was = picture.read(picture.bounds()).rgb();
            byte[] is = back.read().rgb();
            long sum = 0;
            for (int i = 0; i < was.length; i++) sum += Math.abs((was[i] & 0xFF) - (is[i] & 0xFF));
            assertThat(sum / (double) was.length).isLessThan(2);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void profileAndResolutionGoThroughBothFormats() {
        for (String name : List.of("a.png", "a.jpg", "a.JPEG")) {
            PictureWriter.write(new Waves(20, 10), folder.resolve(name), PRINT, rows -> {});
            try (PictureFile back = PictureFile.open(folder.resolve(name))) {
                assertThat(back.info().dpi()).as(name).hasValue(300);
                assertThat(back.info().icc().orElseThrow()).as(name).isEqualTo(largeProfile());
            }
        }
    }

    @Test
    void pngKeepsTexts() {
        PictureWriter.write(new Waves(20, 10), folder.resolve("a.png"), PRINT, rows -> {});
        PngReaderByte reader = new PngReaderByte(folder.resolve("a.png").toFile());
        reader.readSkippingAllRows();
        assertThat(reader.getMetadata().getTxtForKey("parameters")).isEqualTo("a castle, Steps: 20");
        assertThat(reader.getMetadata().getTxtForKey("Titel")).isEqualTo("Schloß 城");
        reader.close();
    }

    @Test
    void tellsTheRowsDone() {
        List<Integer> rows = new ArrayList<>();
        PictureWriter.write(new Waves(3, 1300), folder.resolve("a.png"), PictureMetadata.NONE, rows::add);
        assertThat(rows).containsExactly(512, 1024, 1300);
    }

    @Test
    void writesTheSmallestAndTheThinnest() {
        for (Waves size : List.of(new Waves(1, 1), new Waves(1, 4000), new Waves(4000, 1)))
            for (String suffix : List.of(".png", ".jpg")) {
                Path file = folder.resolve("thin" + suffix);
                PictureWriter.write(size, file, PictureMetadata.NONE, rows -> {});
                try (PictureFile back = PictureFile.open(file)) {
                    assertThat(back.info().width()).isEqualTo(size.width());
                    assertThat(back.read().height()).isEqualTo(size.height());
                }
            }
    }

    @Test
    void aCancelledOrFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        for (String name : List.of("old.png", "old.jpg")) {
            Path file = folder.resolve(name);
            Files.writeString(file, "old");
            assertThatThrownBy(() -> PictureWriter.write(new Waves(9, 2000), file, PictureMetadata.NONE, rows -> {
                        throw new CancellationException("enough");
                    }))
                    .isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> PictureWriter.write(new Unreadable(), file, PictureMetadata.NONE, rows -> {}))
                    .isInstanceOf(PictureException.class)
                    .hasMessage("chunk 1/0 is damaged");
            assertThat(file).hasContent("old");
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void aCancelAfterTheLastRowStillLeavesNothing() throws IOException {
        assertThatThrownBy(() ->
                        PictureWriter.write(new Waves(9, 9), folder.resolve("a.png"), PictureMetadata.NONE, rows -> {
                            throw new CancellationException("enough");
                        }))
                .isInstanceOf(CancellationException.class);
        assertThat(folder).isEmptyDirectory();
    }

    private record Unreadable() implements Picture {
        @Override
        public int width() {
            return 5;
        }

        @Override
        public int height() {
            return 600;
        }

        @Override
        public Pixels read(Region region) {
            if (region.y() > 0) throw new PictureException("chunk 1/0 is damaged");
            return new Pixels(region.width(), region.height());
        }
    }

    @Test
    void refusesBeforeAnyWork() throws IOException {
        assertRefused(folder.resolve("a.gif"), 10, ".png, .tif, .jpg, .dzi or .zarr");
        assertRefused(folder.resolve("png"), 10, ".png, .tif, .jpg, .dzi or .zarr");
        assertRefused(
                folder.resolve("a.jpg"),
                65_536,
                "65535 a side that a JPEG can hold. Use the suffix .tif, .png or .dzi");
        assertRefused(folder.resolve("missing/a.png"), 10, "no folder");
        Files.createDirectory(folder.resolve("b.png"));
        assertRefused(folder.resolve("b.png"), 10, "this is a folder");
        PictureWriter.check(folder.resolve("a.png"), 300_000, 300_000);
        PictureWriter.check(Path.of("here.png"), 10, 10);
    }

    private void assertRefused(Path out, int width, String named) {
        assertThatThrownBy(() -> PictureWriter.check(out, width, 10))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith(out.toString())
                .hasMessageContaining(named);
    }
}
