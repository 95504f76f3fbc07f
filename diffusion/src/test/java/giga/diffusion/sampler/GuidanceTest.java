package giga.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.weights.Architecture.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the goldens of {@link SamplerTest} do not have. */
class GuidanceTest {
    private static final NoiseSchedule SCHEDULE = new NoiseSchedule(0.00085, 0.012);
    private static final FormulaNoise NOISE = new FormulaNoise(1);

    @Test
    void theUnconditionalOutputIsComputedWhereItHasAPart() {
        assertThat(Guidance.of(1).needsUnconditional(List.of(1.0))).isFalse();
        assertThat(Guidance.of(7).needsUnconditional(List.of(1.0))).isTrue();
        assertThat(Guidance.of(1).needsUnconditional(List.of(1.0, 0.6))).isTrue();
        assertThat(Guidance.of(1).needsUnconditional(List.of(0.5, 0.5))).isFalse();
        assertThat(Guidance.of(2).needsUnconditional(List.of(0.5))).isFalse();
    }

    @Test
    void partsAddUpWithoutTheUnconditionalOutputWhenItFallsOut() {
        List<Planes> parts = List.of(NOISE.draw(1), NOISE.draw(2));
        List<Double> weights = List.of(0.75, 0.25);
        float[] expected = Combine.sum(0.75, parts.get(0), 0.25, parts.get(1)).values();
        assertThat(Guidance.of(1).combine(parts, weights, parts.getFirst()).values())
                .containsExactly(expected, within(1e-6f));
        assertThat(Guidance.of(1).combine(parts, weights, NOISE.draw(3)).values())
                .containsExactly(expected, within(1e-6f));
    }

    @Test
    void rescalingBringsBackTheContrastOfEachItem() {
        Planes conditional = Planes.stack(List.of(NOISE.draw(1), Combine.scaled(3, NOISE.draw(2))));
        Planes unconditional = Planes.stack(List.of(NOISE.draw(3), NOISE.draw(4)));
        Planes plain = Guidance.of(7).combine(List.of(conditional), List.of(1.0), unconditional);
        Planes whole = Guidance.of(7).withRescale(1).combine(List.of(conditional), List.of(1.0), unconditional);
        Planes half = Guidance.of(7).withRescale(0.5).combine(List.of(conditional), List.of(1.0), unconditional);
        for (int i = 0; i < 2; i++)
            assertThat(deviation(whole.item(i))).isCloseTo(deviation(conditional.item(i)), within(1e-5));
        assertThat(half.values())
                .containsExactly(Combine.sum(0.5, plain, 0.5, whole).values(), within(1e-4f));
    }

    @Test
    void guidanceEndsAtTheBordersOfItsInterval() {
        for (Sampler sampler : List.of(Sampler.DPM_PP_2M, Sampler.DDIM)) {
            Sampling sampling = new Sampling(sampler, Scheduler.AUTOMATIC, 20, 1, 5);
            Sampling within = sampling.withGuidance(sampling.guidance().within(0.28, 5.42));
            AnalyticNetwork network = AnalyticNetwork.of(Prediction.EPS, 1);
            Txt2Img.sample(within, new Model(Prediction.EPS, SCHEDULE, network), NOISE);
            int guided = 0;
            for (float[] call : network.evaluated()) {
                float sigma = SCHEDULE.sigma(call[0]);
                assertThat(call).hasSize(sigma > 0.28f && sigma <= 5.42f ? 2 : 1);
                guided += call.length - 1;
            }
            assertThat(guided).isBetween(5, 18);
            assertThat(RunCost.txt2img(within, SCHEDULE, 1))
                    .isEqualTo(new RunCost(
                            network.evaluated().size(), network.evaluated().size() + guided));
        }
    }

    @Test
    void unusableValuesAreRefused() {
        assertThatThrownBy(() -> Guidance.of(7).withRescale(1.5))
                .isInstanceOf(ModelException.class)
                .hasMessage("A guidance rescale of 1.5: give 0 (none) to 1 (all)");
        assertThatThrownBy(() -> Guidance.of(7).within(5, 1))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("Guidance from sigma 1.0 down to 5.0: give two sigmas, the first the greater");
        assertThatThrownBy(() -> Guidance.of(7).withSkips(Double.NaN, 0, false)).isInstanceOf(ModelException.class);
    }

    private static double deviation(Planes planes) {
        double mean = 0;
        for (float value : planes.values()) mean += value / planes.values().length;
        double squares = 0;
        for (float value : planes.values()) squares += (value - mean) * (value - mean);
        return Math.sqrt(squares / (planes.values().length - 1));
    }
}
