package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir
    Path folder;

    @Test
    void aModelsRecommendationFillsWhatTheCallerLeavesOpen() throws IOException {
        Path model = model("sampler = \"Euler\"\nscheduler = \"Karras\"\ncfg = 2\ntone_lock = 8\norder = \"none\"\n");
        Settings settings = SettingsFile.beside(model).orElse(Settings.DEFAULTS);
        assertThat(settings.sampler()).contains("Euler");
        assertThat(settings.cfg()).contains(2.0);
        assertThat(settings.toneLock()).contains(8);
        assertThat(settings.order()).contains(Request.Order.NONE);
        assertThat(settings.steps()).isEqualTo(Settings.DEFAULTS.steps());
    }

    @Test
    void anotherSamplerDoesNotInheritTheRecommendedSchedule() throws IOException {
        Settings recommended = SettingsFile.beside(model("sampler = \"Euler\"\nscheduler = \"Karras\"\n"));
        Path wishes = Files.writeString(folder.resolve("wishes.toml"), "sampler = \"Euler a\"\n");
        assertThat(SettingsFile.read(wishes).orElse(recommended).scheduler()).contains("Automatic");
    }

    @Test
    void aModelWithoutRecommendationLeavesAllOpen() {
        assertThat(SettingsFile.beside(folder.resolve("plain.safetensors"))).isEqualTo(Settings.OPEN);
    }

    @Test
    void aWrongFileIsRefusedByNameAndField() throws IOException {
        Path unknown = model("sampler = \"Euler\"\nstepz = 3\n");
        assertThatThrownBy(() -> SettingsFile.beside(unknown))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("sd.toml")
                .hasMessageContaining("stepz");
        for (String wrong :
                new String[] {"steps = ", "= 3", "steps = 1\nsteps = 2", "steps = " + "9".repeat(100_000)}) {
            Path model = model(wrong);
            assertThatThrownBy(() -> SettingsFile.beside(model))
                    .as(wrong)
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("sd.toml");
        }
    }

    @Test
    void aValueOfTheWrongKindIsRefusedByItsField() throws IOException {
        for (String wrong : new String[] {
            "steps = \"many\"",
            "steps = 2.5",
            "steps = 99999999999",
            "steps = [1, 2]",
            "steps.a = 1",
            "cfg = true",
            "cfg = \"2.5\"",
            "order = 1",
            "order = \"zigzag\""
        }) {
            Path model = model(wrong);
            assertThatThrownBy(() -> SettingsFile.beside(model))
                    .as(wrong)
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("sd.toml")
                    .hasMessageContaining("'" + wrong.split("\\W")[0] + "'")
                    .message()
                    .hasSizeLessThan(folder.toString().length() + 300);
        }
    }

    @Test
    void aWholeNumberWillDoForAFraction() throws IOException {
        assertThat(SettingsFile.beside(model("cfg = 2\ndenoise = 1\n")).cfg()).contains(2.0);
    }

    private Path model(String toml) throws IOException {
        Files.writeString(folder.resolve("sd.toml"), toml);
        return folder.resolve("sd.safetensors");
    }
}
