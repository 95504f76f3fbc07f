package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.upscale.UpscalerFormula;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
