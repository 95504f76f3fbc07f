package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintCommandTest {
    @TempDir
    Path folder;

    @Test
    void sizeTellsWhatASheetNeedsAndFromWhereAPictureIsSharp() {
        Run sheet = giga("print", "size", "--paper", "8.5x11in", "--distance", "1in");
        assertThat(sheet.code()).as(sheet.err()).isZero();
        assertThat(sheet.out()).contains("7390x9564", "512x640, 4 times, is 8192x10240");
        Path picture = TestPictures.write(folder.resolve("in.png"), 85, 110);
        assertThat(giga("print", "size", picture, "--paper", "8.5x11in").out())
                .contains("85x110, fills it with 10 dpi: sharp from 343");
        assertThat(giga("print", "size", "--paper", "A4", "--json", "--base", "1024x1408")
                        .out())
                .contains("\"paper\":\"210x297mm\"", "\"base\":\"1024x1408\"");
    }

    @Test
    void sizeSaysWhatItCannotUse() {
        Run zero = giga("print", "size", "--paper", "0x11in", "--distance", "1in");
        assertThat(zero.code()).isEqualTo(2);
        assertThat(zero.err()).contains("paper '0x11in': '0in' is no length that can be used");
        assertThat(giga("print", "size", "--paper", "A4", "--distance", "-1in").code())
                .isEqualTo(2);
        assertThat(giga("print", "size", "--paper", "A4", "--per-degree", "NaN").code())
                .isEqualTo(2);
        assertThat(giga("print", "size", "--paper", "A4", "--base", "0x0").err())
                .contains("cannot be doubled");
        assertThat(giga("print", "size", "--paper", "A4", "--base", "wide").err())
                .contains("write it as 512x640");
        assertThat(giga("print", "size", folder.resolve("none.png"), "--paper", "A4")
                        .code())
                .isEqualTo(1);
    }
}
