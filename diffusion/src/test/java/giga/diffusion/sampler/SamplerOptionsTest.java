package giga.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.sampler.SamplerOptions.Churn;
import giga.diffusion.sampler.SamplerOptions.Compat;
import giga.diffusion.sampler.SamplerOptions.Spacing;
import giga.diffusion.sampler.SamplerOptions.Start;
import giga.diffusion.weights.Architecture.Prediction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Options that the goldens do not have, and values that no option takes. */
class SamplerOptionsTest {
    private static final SamplerOptions DEFAULT = SamplerOptions.DEFAULT;
    private static final NoiseSchedule SCHEDULE = new NoiseSchedule(0.00085, 0.012);
    private static final FormulaNoise NOISE = new FormulaNoise(1);

    @Test
    void quantizedTimestepsAreTheTrainedOnes() {
        for (float[] call : txt2img(DEFAULT.withCompat(new Compat(true, false))).evaluated())
            assertThat(call[0]).isEqualTo(Math.round(call[0]));
        assertThat(txt2img(DEFAULT).evaluated()).anyMatch(call -> call[0] != Math.round(call[0]));
    }

    @Test
    void theHalvedScheduleIsAnotherOne() {
        float first = SCHEDULE.halved().sigmaMax();
        assertThat(first).isNotEqualTo(SCHEDULE.sigmaMax()).isCloseTo(SCHEDULE.sigmaMax(), within(0.01f));
        Planes halved = drawn(new AnalyticNetwork(Prediction.EPS), DEFAULT.withCompat(new Compat(false, true)));
        Model ofHalved = new Model(Prediction.EPS, SCHEDULE.halved(), new AnalyticNetwork(Prediction.EPS));
        assertThat(halved.values())
                .containsExactly(
                        Txt2Img.sample(sampling(DEFAULT), ofHalved, NOISE).values());
    }

    @Test
    void theFirstNoiseOfARedrawIsMultiplied() {
        AnalyticNetwork network = new AnalyticNetwork(Prediction.EPS);
        Model model = new Model(Prediction.EPS, SCHEDULE, network);
        Sampling redraw = new Sampling(Sampler.DDIM, Scheduler.AUTOMATIC, 20, 0.5, 1);
        Sampling quiet = redraw.withOptions(DEFAULT.withStart(new Start(0, 0, false, false)));
        // Without noise the seed is of no account.
        assertThat(Img2Img.sample(quiet, model, NOISE.initialLatent(), NOISE).values())
                .containsExactly(Img2Img.sample(quiet, model, NOISE.initialLatent(), new FormulaNoise(2))
                        .values());
        assertThat(Img2Img.sample(redraw, model, NOISE.initialLatent(), NOISE).values())
                .isNotEqualTo(Img2Img.sample(redraw, model, NOISE.initialLatent(), new FormulaNoise(2))
                        .values());
    }

    @Test
    void guidanceCanBeSkippedEarlyAndBelowASigma() {
        AnalyticNetwork network = new AnalyticNetwork(Prediction.EPS);
        Sampling sampling = sampling(DEFAULT).withGuidance(Guidance.of(5).withSkips(0, 2, true));
        Txt2Img.sample(sampling, new Model(Prediction.EPS, SCHEDULE, network), NOISE);
        for (float[] call : network.evaluated()) assertThat(call).hasSize(SCHEDULE.sigma(call[0]) < 2 ? 1 : 2);
    }

    @Test
    void unusableValuesAreRefused() {
        assertRefused("eta 2.0: give 0.0 to 1.0", () -> DEFAULT.withEta(2));
        assertRefused("eta NaN: give 0.0 to 1.0", () -> DEFAULT.withEta(Double.NaN));
        assertRefused("s_noise -1.0: give 0.0 to 10.0", () -> DEFAULT.withNoise(-1));
        assertRefused("s_churn -1.0: give 0.0 to 1000.0", () -> new Churn(-1, 0, 1));
        assertRefused(
                "sigma max Infinity: give 0.0 to 10000.0", () -> new Spacing(0, Double.POSITIVE_INFINITY, 0, false));
        assertRefused("rho -7.0: give 0.0 to 100.0", () -> new Spacing(0, 0, -7, false));
        assertRefused("extra noise 11.0: give 0.0 to 10.0", () -> new Start(1, 11, false, false));
        assertRefused(
                "UniPC of order 4: give 1 to 3",
                () -> new UniPcOptions(4, UniPcOptions.Variant.BH1, UniPcOptions.Grid.LOG_SNR, true));
    }

    @Test
    void aRangeAboveTheModelsIsRefusedWhereTheSchedulerUsesIt() {
        Sampling sampling = new Sampling(Sampler.EULER, Scheduler.KARRAS, 20, 1, 1)
                .withOptions(DEFAULT.withSpacing(new Spacing(20, 0, 0, false)));
        assertThatThrownBy(sampling::denoiserCalls)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("a wider range of sigmas");
    }

    private static void assertRefused(String message, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOf(ModelException.class).hasMessage(message);
    }

    private static AnalyticNetwork txt2img(SamplerOptions options) {
        AnalyticNetwork network = new AnalyticNetwork(Prediction.EPS);
        drawn(network, options);
        return network;
    }

    private static Planes drawn(AnalyticNetwork network, SamplerOptions options) {
        return Txt2Img.sample(sampling(options), new Model(Prediction.EPS, SCHEDULE, network), NOISE);
    }

    private static Sampling sampling(SamplerOptions options) {
        return new Sampling(Sampler.EULER, Scheduler.KARRAS, 10, 1, 1).withOptions(options);
    }
}
