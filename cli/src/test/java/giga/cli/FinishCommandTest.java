package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishCommandTest {
    @TempDir
    Path folder;

    @Test
    void aPictureIsFinishedTheSameFromAnyFormat() {
        Path picture = TestPictures.write(folder.resolve("in.png"), 300, 200);
        Path out = folder.resolve("out.png");
        Object[] steps = {
            "--sharpen",
            "1.5",
            "--grain",
            "4",
            "--texture",
            "canvas",
            "--blend",
            "Soft-Light",
            "--brightness",
            "-3",
            "--order",
            "texture,sharpen,grain,tone"
        };
        Run run = giga(arguments(picture, out, steps));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("out.png 300x200");
        assertThat(TestPictures.rgb(out)).isNotEqualTo(TestPictures.rgb(picture));

        Path stored = folder.resolve("stored.zarr");
        assertThat(giga("finish", picture, "-o", stored, "--order", "tone", "--exposure", "0.0001")
                        .code())
                .isZero();
        Path again = folder.resolve("again.png");
        assertThat(giga(arguments(stored, again, steps)).code()).isZero();
        assertThat(TestPictures.rgb(again)).isEqualTo(TestPictures.rgb(out));
        assertThat(giga(arguments(picture, out, steps)).err()).contains("out.png exists");
    }

    @Test
    void aPreviewShowsPartsBeforeAndAfter() {
        Path picture = TestPictures.write(folder.resolve("in.png"), 300, 200);
        Path whole = folder.resolve("whole.png");
        Path preview = folder.resolve("preview.png");
        assertThat(giga("finish", picture, "-o", whole, "--grain", "9").code()).isZero();
        Run run = giga(
                "finish",
                picture,
                "-o",
                preview,
                "--grain",
                "9",
                "--preview",
                "50x40+10+20",
                "--preview",
                "30x20+200+100");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("preview.png 108x68");
        int[] pixels = TestPictures.rgb(preview);
        assertThat(pixels[7 * 108 + 5]).isEqualTo(TestPictures.rgb(picture)[27 * 300 + 15]);
        assertThat(pixels[7 * 108 + 58 + 5]).isEqualTo(TestPictures.rgb(whole)[27 * 300 + 15]);
        assertThat(pixels[(48 + 19) * 108 + 58 + 29]).isEqualTo(TestPictures.rgb(whole)[119 * 300 + 229]);

        Run outside = giga("finish", picture, "-o", preview, "--force", "--grain", "9", "--preview", "50x40+280+20");
        assertThat(outside.code()).isEqualTo(1);
        assertThat(outside.err()).contains("50x40+280+20 does not lie within the picture of 300x200");
    }

    @Test
    void whatCannotBeUsedIsSaid() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 60, 40);
        Path out = folder.resolve("out.png");
        assertWrong("nothing is to be done", picture, out);
        assertWrong("--grain-size does nothing alone; give --grain too", picture, out, "--grain-size", "3");
        assertWrong("grain -1.0: give 0 to 64", picture, out, "--grain", "-1");
        assertWrong("grain NaN", picture, out, "--grain", "NaN");
        assertWrong(
                "'dissolve' is not one of normal, multiply", picture, out, "--texture", "paper", "--blend", "dissolve");
        assertWrong("name each step once", picture, out, "--grain", "3", "--order", "grain,grain");
        assertWrong("write it as WIDTHxHEIGHT+X+Y", picture, out, "--grain", "3", "--preview", "50%");
        assertWrong("empty region", picture, out, "--grain", "3", "--preview", "0x5+1+1");

        Path small = TestPictures.write(folder.resolve("small.png"), 60, 7);
        assertFailed("60x7 pixels are too few", picture, out, "--texture", small);
        assertFailed("no such file; name one, or paper, canvas or linen", picture, out, "--texture", "papr");
        Path text = Files.writeString(folder.resolve("text.png"), "not a picture");
        assertFailed("text.png", picture, out, "--texture", text);
        assertFailed("makes a texture of 1x1 pixels", picture, out, "--texture", picture, "--texture-scale", "0.02");
        assertFailed("cut.png", TestPictures.half(picture, folder.resolve("cut.png")), out, "--grain", "3");
        assertThat(out).doesNotExist();
    }

    private static void assertWrong(String message, Path picture, Path out, Object... more) {
        Run run = giga(arguments(picture, out, more));
        assertThat(run.err()).contains(message);
        assertThat(run.code()).isEqualTo(2);
    }

    private static void assertFailed(String message, Path picture, Path out, Object... more) {
        Run run = giga(arguments(picture, out, more));
        assertThat(run.err()).contains(message);
        assertThat(run.code()).isEqualTo(1);
    }

    private static Object[] arguments(Path picture, Path out, Object... more) {
        Object[] all = new Object[more.length + 4];
        System.arraycopy(new Object[] {"finish", picture, "-o", out}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return all;
    }
}
