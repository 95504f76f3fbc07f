package giga.canvas.output;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Pixels;
import giga.canvas.PixelsInMemory;
import giga.canvas.Scratch;
import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Read back by giga's own reader and by TwelveMonkeys', which shares nothing with the writer. */
class TiffTest {
    @Property(tries = 25)
    void everyPixelOfEveryLevelComesBack(
            @ForAll @IntRange(min = 1, max = 1100) int width, @ForAll @IntRange(min = 1, max = 2100) int height)
            throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Pixels picture = PixelsInMemory.noise(width, height, 7);
            Path file = scratch.resolve("a.tif");
            PictureWriter.write(picture, file, PictureMetadata.NONE, _ -> {});
            try (PictureFile back = PictureFile.open(file)) {
                assertThat(back.read().rgb()).isEqualTo(picture.rgb());
            }
            try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
                ImageReader reader = ImageIO.getImageReaders(stream).next();
                reader.setInput(stream);
                Pixels level = picture;
                int page = 0;
                for (; ; page++, level = Halving.of(level)) {
                    assertThat(pixels(reader.read(page)).rgb())
                            .as("level %d", page)
                            .isEqualTo(level.rgb());
                    if (Math.max(level.width(), level.height()) <= 512) break;
                }
                assertThat(reader.getNumImages(true)).isEqualTo(page + 1);
            }
        }
    }

    static Pixels pixels(BufferedImage image) {
        Pixels pixels = new Pixels(image.getWidth(), image.getHeight());
        int i = 0;
        for (int y = 0; y < image.getHeight(); y++)
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                pixels.rgb()[i++] = (byte) (rgb >> 16);
                pixels.rgb()[i++] = (byte) (rgb >> 8);
                pixels.rgb()[i++] = (byte) rgb;
            }
        return pixels;
    }

    @Example
    void tellsWhatMadeItAndHowLargeItPrints() {
        try (Scratch scratch = Scratch.create()) {
            Path file = scratch.resolve("a.tiff");
            PictureMetadata metadata = new PictureMetadata(
                    Optional.empty(), OptionalDouble.of(300), Map.of(PictureInfo.PARAMETERS, "Schloß 城, Steps: 20"));
            PictureWriter.write(PixelsInMemory.noise(9, 5, 1), file, metadata, _ -> {});
            try (PictureFile back = PictureFile.open(file)) {
                assertThat(back.info().dpi()).hasValue(300);
                assertThat(back.info().texts()).containsEntry(PictureInfo.PARAMETERS, "Schloß 城, Steps: 20");
            }
        }
    }

    @Example
    void isBigOnlyWhereItMustBe() {
        assertThat(TiffEncoder.isBig(Pyramid.downTo(512, 16_384, 20_480, 512, 0), TiffCompression.DEFLATE))
                .isFalse();
        assertThat(TiffEncoder.isBig(Pyramid.downTo(512, 32_768, 40_960, 512, 0), TiffCompression.DEFLATE))
                .isTrue();
    }

    @Example
    void bigFormIsReadToo() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Pixels picture = PixelsInMemory.noise(700, 520, 3);
            Path file = scratch.resolve("big.tif");
            TiffEncoder.write(picture, file, scratch.resolve("levels"), true, PictureMetadata.NONE, _ -> {});
            assertThat(Arrays.copyOf(Files.readAllBytes(file), 8)).containsExactly('I', 'I', 43, 0, 8, 0, 0, 0);
            try (PictureFile back = PictureFile.open(file)) {
                assertThat(back.read().rgb()).isEqualTo(picture.rgb());
            }
        }
    }

    @Property(tries = 60)
    void everyCompressionIsRead(
            @ForAll TiffCompression compression,
            @ForAll @IntRange(min = 1, max = 1100) int width,
            @ForAll @IntRange(min = 1, max = 600) int height,
            @ForAll boolean flat) {
        try (Scratch scratch = Scratch.create()) {
            Pixels picture = flat ? new Pixels(width, height) : PixelsInMemory.noise(width, height, 5);
            Path file = scratch.resolve("a.tif");
            PictureMetadata metadata =
                    new PictureMetadata(Optional.empty(), OptionalDouble.empty(), Map.of(), compression);
            PictureWriter.write(picture, file, metadata, _ -> {});
            try (PictureFile back = PictureFile.open(file)) {
                assertThat(back.read().rgb()).isEqualTo(picture.rgb());
            }
        }
    }
}
