package giga.canvas.input;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Pixels;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the writers write, the readers read, at sizes around the borders of tiles and chunks. */
class RoundTripTest {
    @Property(tries = 40)
    void tiffAndZarrComeBackAsTheyWere(
            @ForAll("sides") int width, @ForAll("sides") int height, @ForAll("suffixes") String suffix)
            throws IOException {
        Path folder = Files.createTempDirectory("round-trip");
        try {
            Pixels pixels = new Pixels(width, height);
            Random random = new Random(31L * width + height);
            for (int i = 0; i < pixels.rgb().length; i++) pixels.rgb()[i] = (byte) (i / 7 + random.nextInt(4));
            Path out = folder.resolve("picture" + suffix);
            PictureWriter.write(pixels, out, PictureMetadata.NONE, _ -> {});
            try (PictureFile file = PictureFile.open(out)) {
                assertThat(file.info().width()).isEqualTo(width);
                assertThat(file.info().height()).isEqualTo(height);
                assertThat(file.read().rgb()).isEqualTo(pixels.rgb());
            }
        } finally {
            delete(folder);
        }
    }

    @Property(tries = 15)
    void deepZoomComesBackButForItsJpegs(@ForAll("sides") int width, @ForAll("sides") int height) throws IOException {
        Path folder = Files.createTempDirectory("round-trip");
        try {
            Pixels pixels = new Pixels(width, height);
            for (int y = 0, i = 0; y < height; y++)
                for (int x = 0; x < width; x++, i += 3) {
                    pixels.rgb()[i] = (byte) (x / 6);
                    pixels.rgb()[i + 1] = (byte) (y / 6);
                    pixels.rgb()[i + 2] = (byte) ((x + y) / 12);
                }
            Path out = folder.resolve("picture.dzi");
            PictureWriter.write(pixels, out, PictureMetadata.NONE, _ -> {});
            try (PictureFile file = PictureFile.open(out)) {
                assertThat(PictureFileTest.meanDifference(file.read().rgb(), pixels.rgb()))
                        .isLessThan(2);
            }
        } finally {
            delete(folder);
        }
    }

    @Provide
    Arbitrary<Integer> sides() {
        return Arbitraries.of(1, 2, 253, 254, 255, 256, 257, 508, 511, 512, 513, 1023, 1024, 1025, 1100);
    }

    @Provide
    Arbitrary<String> suffixes() {
        return Arbitraries.of(".tif", ".zarr");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
