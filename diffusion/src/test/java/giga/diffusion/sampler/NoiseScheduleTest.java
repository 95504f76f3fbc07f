package giga.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.GoldenFiles;
import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Family;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class NoiseScheduleTest {
    private static final GoldenFiles GOLDENS = new GoldenFiles("sampling");
    private final NoiseSchedule schedule = new NoiseSchedule(0.00085, 0.012);

    private final NoiseSchedule zeroTerminalSnr = new NoiseSchedule(0.00085, 0.012, true, Family.SD2);

    @Test
    void tablesAreTheReferences() {
        assertTables(schedule, "scaled_linear");
        assertTables(schedule.halved(), "downcast");
        assertTables(zeroTerminalSnr, "zero_terminal_snr");
        assertTable(new LcmSchedule(schedule).sigmas(), "lcm/sigmas");
    }

    private static void assertTables(NoiseSchedule schedule, String name) {
        float[] alphas = schedule.alphasCumprod();
        assertTable(alphas, name + "/alphas_cumprod");
        float[] sigmas = schedule.sigmas();
        float[] expected = GOLDENS.tensor("tables.safetensors", name + "/sigmas");
        for (int i = 0; i < sigmas.length; i++) {
            // The reference's square root is not always the nearest float, and 1 - alpha magnifies that.
            double tolerance = 5e-6 + 2.4e-7 / (1 - alphas[i]);
            assertThat(sigmas[i]).as(name + " " + i).isCloseTo(expected[i], within((float) (expected[i] * tolerance)));
        }
    }

    private static void assertTable(float[] table, String name) {
        float[] expected = GOLDENS.tensor("tables.safetensors", name);
        assertThat(table).hasSameSizeAs(expected);
        for (int i = 0; i < table.length; i++)
            assertThat(table[i]).as(name + " " + i).isCloseTo(expected[i], within(expected[i] * 5e-6f));
    }

    @Test
    void sigmasAndTimestepsMapAsInKDiffusion() {
        for (JsonNode row : GOLDENS.cases("mapping.json")) {
            float t = row.get("t").floatValue();
            float sigma = row.get("sigma").floatValue();
            SigmaTable table = switch (row.get("table").stringValue()) {
                case "scaled_linear" -> schedule;
                case "zero_terminal_snr" -> zeroTerminalSnr;
                case "lcm" -> new LcmSchedule(schedule);
                default -> throw new AssertionError(row);
            };
            if (row.propertyNames().stream().toList().indexOf("sigma") == 1) {
                assertThat(table.timestep(sigma)).as(row.toString()).isCloseTo(t, within(sigma > 0.03 ? 1e-3f : 1e-2f));
                if (row.has("t_quantized"))
                    assertThat(((NoiseSchedule) table).trainedTimestep(sigma))
                            .as(row.toString())
                            .isEqualTo(row.get("t_quantized").intValue());
            } else assertThat(table.sigma(t)).as(row.toString()).isCloseTo(sigma, Percentage.withPercentage(5e-4));
        }
    }

    @Test
    void everyTimestepComesBack() {
        for (float t = 0; t <= 999; t += 0.37f)
            assertThat(schedule.timestep(schedule.sigma(t))).isCloseTo(t, within(2e-2f));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.012",
        "-1, 0.012",
        "0.012, 0.00085",
        "0.5, 1",
        "NaN, 0.012",
        "0.00085, NaN",
        "1e-30, 1e-30",
        "0.9, 0.99"
    })
    void unusableBetasAreRefused(double start, double end) {
        assertThatThrownBy(() -> new NoiseSchedule(start, end))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("beta")
                .hasMessageContaining(String.valueOf(start));
    }
}
