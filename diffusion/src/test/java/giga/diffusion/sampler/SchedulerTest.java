package giga.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.GoldenFiles;
import giga.diffusion.Sampling;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SchedulerTest {
    private static final GoldenFiles GOLDENS = new GoldenFiles("sampling");
    private static final NoiseSchedule SCHEDULE = new NoiseSchedule(0.00085, 0.012);

    @Test
    void sigmasAreTheWebuis() {
        for (JsonNode row : GOLDENS.cases("schedules.json")) {
            Scheduler scheduler = row.has("sampler")
                    ? Sampler.byName(row.get("sampler").stringValue()).automatic()
                    : Scheduler.byName(row.get("label").stringValue());
            float[] expected = GoldenFiles.floats(row.get("sigmas"));
            float[] sigmas = scheduler.sigmas(SCHEDULE, row.get("n").intValue());
            assertThat(sigmas).as(row.toString()).hasSameSizeAs(expected);
            for (int i = 0; i < sigmas.length; i++)
                assertThat(sigmas[i]).as(row.toString()).isCloseTo(expected[i], within(expected[i] * 5e-6f));
        }
    }

    @Test
    void img2imgRunsTheStepsTheWebuiRuns() {
        for (JsonNode row : GOLDENS.cases("img2img_steps.json"))
            assertThat(Img2Img.steps(
                            row.get("steps").intValue(), row.get("denoise").doubleValue()))
                    .as(row.toString())
                    .isEqualTo(row.get("t_enc").intValue() + 1);
    }

    @Property(tries = 300)
    void everyRunFallsToZero(
            @ForAll Sampler sampler,
            @ForAll Scheduler scheduler,
            @ForAll @IntRange(min = 1, max = 1000) int steps,
            @ForAll @DoubleRange(max = 1) double denoise) {
        Sampling sampling = new Sampling(sampler, scheduler, steps, denoise, 1);
        Sigmas sigmas = Img2Img.sigmas(sampling, SCHEDULE);
        assertThat(sigmas.steps()).isBetween(1, steps);
        assertThat(sigmas.run()).hasSize(sigmas.steps() + 1).endsWith(0);
        assertThat(sigmas.first()).isEqualTo(sigmas.run()[0]).isPositive();
        if (denoise == 1) assertThat(sigmas.start()).isZero();
        assertThat(sampling.denoiserCalls()).isBetween(sigmas.steps(), 2 * sigmas.steps());
    }
}
