package giga.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.GoldenFiles;
import giga.diffusion.ModelException;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class NoiseScheduleTest {
    private static final GoldenFiles GOLDENS = new GoldenFiles("sampling");
    private final NoiseSchedule schedule = new NoiseSchedule(0.00085, 0.012);

    @Test
    void tablesAreTheReferences() {
        assertTable(schedule.alphasCumprod(), "alphas_cumprod");
        assertTable(schedule.sigmas(), "sigmas");
    }

    private static void assertTable(float[] table, String name) {
        float[] expected = GOLDENS.tensor("tables.safetensors", "scaled_linear/" + name);
        assertThat(table).hasSize(1000);
        for (int i = 0; i < table.length; i++)
            assertThat(table[i]).as(name + " " + i).isCloseTo(expected[i], within(expected[i] * 5e-6f));
    }

    @Test
    void sigmasAndTimestepsMapAsInKDiffusion() {
        for (JsonNode row : GOLDENS.cases("mapping.json")) {
            float t = row.get("t").floatValue();
            float sigma = row.get("sigma").floatValue();
            if (row.propertyNames().stream().toList().indexOf("sigma") == 1)
                assertThat(schedule.timestep(sigma)).as(row.toString()).isCloseTo(t, within(1e-3f));
            else assertThat(schedule.sigma(t)).as(row.toString()).isCloseTo(sigma, Percentage.withPercentage(5e-4));
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
