package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {
    @TempDir
    Path folder;

    @Test
    void aSamplerThatNeedsMoreStepsSaysSoBeforeThereIsAJob() throws Exception {
        assertThatThrownBy(() -> redraw("sampler = \"DDIM\"\nsteps = 1\n"))
                .isInstanceOf(ModelException.class)
                .hasMessage("DDIM cannot run in 1 step: give 3 or more, or take another sampler");
        assertThat(redraw("sampler = \"DDIM\"\nsteps = 3\n")
                        .diffusion()
                        .sampling()
                        .sampler())
                .isEqualTo("DDIM");
    }

    private PassSettings redraw(String settings) throws Exception {
        Path wishes = Files.writeString(folder.resolve("wishes.toml"), settings);
        Diffusion some =
                TestRequests.diffusion(folder.resolve("model.safetensors").toString(), "");
        PassWish wish = new PassWish(some.model(), SettingsFile.read(wishes), Diffusion.Tuning.NONE, List.of());
        return Requests.pass(wish, some.noise(), 1024, 1024);
    }
}
