package giga.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.GoldenFiles;
import giga.diffusion.ModelException;
import giga.diffusion.Sampling;
import giga.diffusion.sampler.SamplerOptions.Spacing;
import giga.diffusion.weights.Architecture.Family;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SchedulerTest {
    private static final GoldenFiles GOLDENS = new GoldenFiles("sampling");
    private static final NoiseSchedule SCHEDULE = new NoiseSchedule(0.00085, 0.012);
    private static final Spacing MODELS_OWN = SamplerOptions.DEFAULT.spacing();

    @Test
    void sigmasAreTheWebuis() {
        for (JsonNode row : GOLDENS.cases("schedules.json")) {
            boolean zeroTerminalSnr = row.get("zsnr").booleanValue();
            Family family = row.path("sdxl").asBoolean(false) ? Family.SDXL : Family.SD1;
            NoiseSchedule schedule = new NoiseSchedule(0.00085, 0.012, zeroTerminalSnr, family);
            Spacing spacing = new Spacing(
                    row.path("sigma_min").asDouble(0),
                    row.path("sigma_max").asDouble(0),
                    row.path("rho").asDouble(0),
                    false);
            String name = row.get("scheduler").stringValue();
            Sampler sampler = Sampler.byName(row.path("sampler").asString("Euler"));
            Sampling sampling = new Sampling(
                            sampler, Scheduler.byName(name), row.get("n").intValue(), 1, 1)
                    .withOptions(SamplerOptions.DEFAULT.withSpacing(spacing));
            float[] sigmas = SamplingRun.sigmas(sampling, SamplingRun.table(sampling, schedule), sampling.steps());
            double tolerance = !name.equals("kl_optimal") ? 5e-6 : zeroTerminalSnr ? 5e-4 : 2e-5;
            assertSigmas(row.toString(), sigmas, GoldenFiles.floats(row.get("sigmas")), tolerance);
        }
    }

    private static void assertSigmas(String row, float[] actual, float[] expected, double tolerance) {
        assertThat(actual).as(row).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++)
            assertThat(actual[i]).as(row).isCloseTo(expected[i], within((float) (expected[i] * tolerance)));
    }

    @Test
    void discardingLeavesOutTheLastNoise() {
        float[] longer = Scheduler.KARRAS.sigmas(SCHEDULE, 6, MODELS_OWN);
        assertThat(Scheduler.KARRAS.sigmas(SCHEDULE, 5, new Spacing(0, 0, 0, true)))
                .containsExactly(longer[0], longer[1], longer[2], longer[3], longer[4], 0);
    }

    @Property(tries = 500)
    void everyScheduleFalls(
            @ForAll Scheduler scheduler,
            @ForAll Family family,
            @ForAll boolean zeroTerminalSnr,
            @ForAll boolean discard,
            @ForAll @IntRange(min = 1, max = 999) int steps) {
        NoiseSchedule schedule = new NoiseSchedule(0.00085, 0.012, zeroTerminalSnr, family);
        float[] sigmas = scheduler.sigmas(schedule, steps, new Spacing(0, 0, 0, discard));
        assertThat(new Sigmas(sigmas, 0).steps()).isGreaterThanOrEqualTo(Math.min(steps, 998));
        assertThat(sigmas[sigmas.length - 1])
                .isEqualTo(scheduler == Scheduler.KL_OPTIMAL ? sigmas[sigmas.length - 1] : 0)
                .isLessThan(0.03f);
    }

    @Test
    void aRangeTooNarrowForTheStepsIsRefused() {
        assertThatThrownBy(
                        () -> new Sigmas(Scheduler.KARRAS.sigmas(SCHEDULE, 1000, new Spacing(1, 1.00001, 0, false)), 0))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("give fewer steps");
        assertThatThrownBy(() -> new Spacing(2, 1, 0, false))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("give a smaller sigma min");
    }

    @Test
    void img2imgRunsTheStepsTheWebuiRuns() {
        for (JsonNode row : GOLDENS.json("img2img_steps.json").get("rows"))
            assertThat(Img2Img.Steps.of(
                            row.get(0).intValue(),
                            row.get(1).doubleValue(),
                            row.get(2).booleanValue()))
                    .as(row.toString())
                    .isEqualTo(
                            new Img2Img.Steps(row.get(3).intValue(), row.get(4).intValue()));
    }

    @Test
    void timestepsAreTheWebuis() {
        for (JsonNode row : GOLDENS.cases("timesteps.json"))
            assertThat(Timesteps.grid(row.get("steps").intValue()))
                    .containsExactly(row.get("timesteps")
                            .valueStream()
                            .mapToInt(JsonNode::intValue)
                            .toArray());
    }

    @Test
    void bothNamesOfDdimAreKnown() {
        for (String name : new String[] {"DDIM", "ddim uniform", "DDIM Uniform "})
            assertThat(Scheduler.byName(name)).isEqualTo(Scheduler.DDIM);
        for (Scheduler scheduler : Scheduler.values())
            assertThat(Scheduler.byName(scheduler.toString().toUpperCase(Locale.ROOT)))
                    .isEqualTo(scheduler);
    }

    @Property(tries = 300)
    void everyRunFallsOrIsRefused(
            @ForAll Sampler sampler,
            @ForAll Scheduler scheduler,
            @ForAll @IntRange(min = 1, max = 1000) int steps,
            @ForAll @DoubleRange(max = 1) double denoise) {
        Sampling sampling = new Sampling(sampler, scheduler, steps, denoise, 1);
        int levels = sampler == Sampler.LCM ? 50 : 1000;
        try {
            Sigmas sigmas = Img2Img.sigmas(sampling, SCHEDULE);
            assertThat(sigmas.steps()).isPositive();
            assertThat(sigmas.run()).hasSize(sigmas.steps() + 1);
            assertThat(sigmas.first()).isEqualTo(sigmas.run()[0]).isPositive();
            if (denoise == 1) assertThat(sigmas.start()).isZero();
        } catch (ModelException e) {
            assertThat(e.getMessage()).contains("give fewer steps");
            assertThat(steps).isGreaterThan(levels - 2);
        }
    }

    @Property(tries = 200)
    void everyRunsCostIsKnownOrRefused(
            @ForAll Sampler sampler,
            @ForAll Scheduler scheduler,
            @ForAll @IntRange(min = 1, max = 100) int steps,
            @ForAll @DoubleRange(max = 1) double denoise,
            @ForAll boolean exact) {
        Sampling sampling = new Sampling(sampler, scheduler, steps, denoise, 7)
                .withOptions(SamplerOptions.DEFAULT.withStart(new SamplerOptions.Start(1, 0, false, exact)));
        try {
            RunCost cost = RunCost.img2img(sampling, SCHEDULE, 1);
            // DPM adaptive has nothing to do where a run begins and ends at the lowest noise.
            assertThat(cost.denoiserCalls()).isGreaterThanOrEqualTo(sampler.adaptive() ? 0 : 1);
            assertThat(cost.networkCalls()).isEqualTo(2 * cost.denoiserCalls());
        } catch (ModelException e) {
            assertThat(e.getMessage()).containsAnyOf("give fewer steps", "or more, or take another sampler");
        }
    }
}
