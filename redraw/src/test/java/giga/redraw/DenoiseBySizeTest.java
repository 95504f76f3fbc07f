package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenoiseBySizeTest {
    private static final DenoiseBySize SEED = DenoiseBySize.parse("0.45, 0.40@2048, 0.35@4096");

    @Test
    void theLongerSideDecides() {
        assertThat(SEED.at(1024, 1280)).isEqualTo(0.45);
        assertThat(SEED.at(2047, 100)).isEqualTo(0.45);
        assertThat(SEED.at(100, 2048)).isEqualTo(0.4);
        assertThat(SEED.at(2048, 2560)).isEqualTo(0.4);
        assertThat(SEED.at(4096, 5120)).isEqualTo(0.35);
        assertThat(SEED.at(32768, 40960)).isEqualTo(0.35);
        assertThat(DenoiseBySize.parse(" 0.3 ").at(1, 1)).isEqualTo(0.3);
    }

    @Test
    void itIsWrittenAsItIsRead() {
        assertThat(SEED).hasToString("0.45, 0.4@2048, 0.35@4096");
        assertThat(DenoiseBySize.parse(SEED.toString())).isEqualTo(SEED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "0.4,",
                "x",
                "0.4@",
                "@2048",
                "0.4@2048",
                "0.4, 0.3@-5",
                "0.4, 0.3@10@20",
                "0.4, 0.3",
                "1.1",
                "-0.1",
                "NaN",
                "0.4, 0.3@4096, 0.2@2048",
                "0.4, 0.3@99999999999"
            })
    void whatIsNoRuleIsRefused(String text) {
        assertThatThrownBy(() -> DenoiseBySize.parse(text))
                .isInstanceOf(JobException.class)
                .hasMessageStartingWith("denoise")
                .hasMessageContaining("give");
    }

    /** The seed's sizes: 512x640 becomes 4096x5120 in three passes. */
    @Test
    void everyPassIsDrawnAtTheStrengthForItsOwnSize(@TempDir Path folder) throws Exception {
        Diffusion some =
                TestRequests.diffusion(folder.resolve("model.safetensors").toString(), "");
        Settings settings = SettingsFile.read(
                Files.writeString(folder.resolve("wishes.toml"), "denoise = \"0.45, 0.4@2048, 0.35@4096\""));
        PassWish wish = new PassWish(some.model(), settings, Diffusion.Tuning.NONE, List.of());
        Request request = Requests.redraw(
                Path.of("in.png"),
                Path.of("out.png"),
                Result.PLAIN,
                new giga.canvas.Region(0, 0, 512, 640),
                some.noise(),
                List.of(wish, wish, wish));
        assertThat(request.passes())
                .extracting(pass -> pass.diffusion().sampling().denoise())
                .containsExactly(0.45, 0.4, 0.35);
        assertThat(request.passes())
                .extracting(pass -> pass.diffusion().prompts().clipSkip())
                .containsOnly(1);
    }
}
