package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.upscale.UpscalerFormula;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpscaleCommandTest {
    @TempDir
    Path folder;

    @Test
    void aPictureIsEnlargedByNameAndByLanczos() throws IOException {
        Path shelf = Files.createDirectories(folder.resolve("home/models/ESRGAN"));
        UpscalerFormula.compact(shelf.resolve("small.safetensors"), 8, 3, 2);
        Path picture = TestPictures.write(folder.resolve("in.png"), 60, 40);
        Path out = folder.resolve("out.png");
        Run run = giga(
                "upscale", picture, "-o", out, "--upscaler", "Small", "--home", folder.resolve("home"), "--scale", "3");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("out.png 180x120");
        assertThat(folder.resolve("out.png.upscaling")).doesNotExist();
        assertThat(giga("info", out).out()).contains("180x120");

        assertThat(giga("upscale", picture, "-o", out).err()).contains("out.png exists");
        Run lanczos = giga("upscale", picture, "-o", folder.resolve("lanczos.png"), "--scale", "3");
        assertThat(lanczos.code()).as(lanczos.err()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("lanczos.png"))).isNotEqualTo(Files.readAllBytes(out));
    }

    @ParameterizedTest
    @CsvSource({"deflate, 8", "lzw, 5", "none, 1"})
    void aTiffIsPackedAsWished(String compression, int tag) throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 60, 40);
        Path out = folder.resolve("out.tif");
        Run run = giga("upscale", picture, "-o", out, "--compression", compression);
        assertThat(run.code()).as(run.err()).isZero();
        ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(out.toFile())) {
            reader.setInput(in);
            assertThat(TIFFDirectory.createFromMetadata(reader.getImageMetadata(0))
                            .getTIFFField(BaselineTIFFTagSet.TAG_COMPRESSION)
                            .getAsInt(0))
                    .isEqualTo(tag);
        } finally {
            reader.dispose();
        }
    }

    @Test
    void whatCannotBeUsedIsSaid() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 60, 40);
        Path out = folder.resolve("out.png");
        Run unknown = giga("upscale", picture, "-o", out, "--upscaler", "nobody", "--home", folder);
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no upscaler 'nobody'");
        Path text = Files.writeString(folder.resolve("text.pth"), "not a network");
        Run damaged = giga("upscale", picture, "-o", out, "--upscaler", text);
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.err()).startsWith("giga: " + text);
        assertThat(giga("upscale", picture, "-o", out, "--upscaler-strength", "0.5")
                        .err())
                .contains("is for a network");
        assertThat(giga("upscale", picture, "-o", out, "--scale", "-1").err()).contains("scale -1.0: give more than 0");
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("out.png.upscaling")).doesNotExist();
    }

    @Test
    void benchTellsWhatATileCostsAndWhichSizesMakeSense() throws IOException {
        Path network = folder.resolve("small.safetensors");
        UpscalerFormula.compact(network, 8, 3, 2);
        Run bench = giga("bench", "--upscaler", network, "--size", 64, "--rounds", 2);
        assertThat(bench.code()).as(bench.err()).isZero();
        assertThat(bench.out()).matches("(?s).*, 64 px, .* on cpu: [0-9.]+ s, peak memory [0-9]+ MiB\\R");
        for (String size : new String[] {"-1", "0", "100", "2147483640"})
            assertThat(giga("bench", "--upscaler", network, "--size", size).err())
                    .isEqualTo("giga: size %s: give a multiple of 8 from 64 to 4096%n".formatted(size));
        for (String rounds : new String[] {"-1", "0", "2147483647"})
            assertThat(giga("bench", "--upscaler", network, "--rounds", rounds).err())
                    .isEqualTo("giga: rounds %s: give 1 to 1000%n".formatted(rounds));
        Path eightfold = folder.resolve("eightfold.safetensors");
        UpscalerFormula.compact(eightfold, 8, 2, 8);
        assertThat(giga("bench", "--upscaler", eightfold, "--size", 4096).err())
                .isEqualTo("giga: size 4096: the network makes 32768 of it, too large for one go; give less%n"
                        .formatted());
    }
}
