package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.redraw.Geometry;
import giga.redraw.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redraw",
                "generate",
                "run",
                "recipe",
                "upscale",
                "finish",
                "print",
                "split",
                "join",
                "dezoom",
                "dataset",
                "plan",
                "resume",
                "verify",
                "inspect",
                "info",
                "prompt",
                "models",
                "bench"
            })
    void everyCommandExplainsItselfWithAnExample(String command) {
        Run help = giga(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: giga " + command).contains("Example", "  giga " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redraw",
                "generate",
                "run",
                "recipe",
                "upscale",
                "finish",
                "print",
                "split",
                "join",
                "dezoom",
                "dataset",
                "plan",
                "resume",
                "verify",
                "inspect",
                "info",
                "prompt",
                "models",
                "bench"
            })
    void examplesAreNotBroken(String command) {
        String examples = giga(command, "--help").out().replaceFirst("(?s).*Examples?:", "");
        assertThat(examples.lines()).allMatch(line -> line.isEmpty() || line.startsWith("  ") || line.endsWith("."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"recipe show", "recipe new", "recipe check", "print size", "models info"})
    void partsOfCommandsExplainThemselvesToo(String command) {
        Run help = giga(command.split(" ")[0], command.split(" ")[1], "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: giga " + command);
    }

    @Test
    void theDefaultsInTheHelpAreTheDefaults() {
        String help = giga("redraw", "--help").out().replaceAll("\\s+", " ");
        Settings defaults = Settings.DEFAULTS;
        assertDefault(help, "--sampler", defaults.sampler().orElseThrow());
        assertDefault(help, "--scheduler", defaults.scheduler().orElseThrow());
        assertDefault(help, "--clip-skip", defaults.clipSkip().orElseThrow());
        assertDefault(help, "--steps", defaults.steps().orElseThrow());
        assertDefault(help, "--cfg", Math.round(defaults.cfg().orElseThrow()));
        assertDefault(help, "--denoise", defaults.denoise().orElseThrow());
        assertDefault(help, "--scale", Math.round(defaults.scale().orElseThrow()));
        assertDefault(help, "--passes", defaults.passes().orElseThrow());
        assertDefault(help, "--tile", defaults.tile().orElseThrow());
        assertDefault(help, "--padding", defaults.padding().orElseThrow());
        assertDefault(help, "--blur", defaults.blur().orElseThrow());
        assertDefault(help, "--order", defaults.order().orElseThrow());
        assertDefault(help, "--layout", Geometry.PLAIN.layout());
        assertDefault(help, "--seams", Geometry.PLAIN.seams());
        assertDefault(help, "--tone-lock", defaults.toneLock().orElseThrow());
    }

    private static void assertDefault(String help, String option, Object value) {
        int at = help.indexOf(option + "=", help.indexOf("Enlarges a picture"));
        String description = help.substring(at, help.indexOf(']', at) + 1);
        assertThat(description).as(option).endsWith("[" + value + "]").hasSizeLessThan(300);
    }
}
