package giga.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.noise.PositionNoise;
import giga.diffusion.weights.Architecture.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StepwiseTest {
    private static final NoiseSchedule SCHEDULE = new NoiseSchedule(0.00085, 0.012);
    private static final int SIDE = 8;

    @ParameterizedTest
    @MethodSource("samplers")
    void callByCallItIsTheSameRun(Sampler sampler) {
        Sampling sampling = new Sampling(sampler, Scheduler.AUTOMATIC, 12, 0.7, 3);
        Model model = new Model(Prediction.EPS, SCHEDULE, AnalyticNetwork.of(Prediction.EPS, 1.0));
        Planes latents = noise(0, 0, SIDE, SIDE).draw(77);
        NoiseSource noise = noise(0, 0, SIDE, SIDE);

        List<Planes> known = new ArrayList<>();
        for (int call = sampling.denoiserCalls(); call > 0; call--)
            known.add(Stepwise.next(sampling, model, latents, noise, List.copyOf(known)));

        assertThat(Stepwise.finish(sampling, model, latents, noise, known).values())
                .containsExactly(Img2Img.sample(sampling, model, latents, noise).values());
    }

    /** A network that looks at single values only cannot tell how a picture is cut. */
    @ParameterizedTest
    @MethodSource("samplers")
    void aPictureCutOtherwiseAtEveryCallIsThePictureInOnePiece(Sampler sampler) {
        Sampling sampling = new Sampling(sampler, Scheduler.AUTOMATIC, 9, 0.6, 1);
        Model model = new Model(Prediction.V, SCHEDULE, new PointwiseNetwork());
        Planes latents = noise(0, 0, SIDE, SIDE).draw(77);

        List<Planes> known = new ArrayList<>();
        int calls = sampling.denoiserCalls();
        for (int call = 0; call < calls; call++) {
            int cut = 1 + call % (SIDE - 1);
            known.add(beside(
                    Stepwise.next(sampling, model, left(latents, cut), noise(0, 0, SIDE, cut), left(known, cut)),
                    Stepwise.next(
                            sampling, model, right(latents, cut), noise(cut, 0, SIDE, SIDE - cut), right(known, cut))));
        }

        NoiseSource whole = noise(0, 0, SIDE, SIDE);
        assertThat(Stepwise.finish(sampling, model, latents, whole, known).values())
                .containsExactly(Img2Img.sample(sampling, model, latents, whole).values());
    }

    @Test
    void promptsAndGuidanceGoByTheCallsOfTheWholeRun() {
        Sampling sampling = new Sampling(Sampler.EULER, Scheduler.KARRAS, 6, 0.999, 1);
        List<Integer> seen = new ArrayList<>();
        PromptedNetwork counting = new PromptedNetwork() {
            @Override
            public List<Double> weights() {
                return List.of(1.0);
            }

            @Override
            public List<Planes> predict(Planes x, float timestep, int call, boolean unconditional) {
                seen.add(call);
                return List.of(x);
            }
        };
        Model model = new Model(Prediction.EPS, SCHEDULE, counting);
        NoiseSource noise = noise(0, 0, SIDE, SIDE);
        List<Planes> known = new ArrayList<>();
        for (int call = 0; call < 3; call++)
            known.add(Stepwise.next(sampling, model, noise.draw(5), noise, List.copyOf(known)));
        assertThat(seen).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Sampler.class,
            names = {"DPM_ADAPTIVE", "DDIM_CFG_PP"})
    void samplersThatNeedMoreAreRefused(Sampler sampler) {
        assertThatThrownBy(() -> Stepwise.check(new Sampling(sampler, Scheduler.AUTOMATIC, 9, 0.6, 1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(sampler.toString())
                .hasMessageContaining("DPM++ 2M");
    }

    static Stream<Sampler> samplers() {
        return Stream.of(Sampler.values()).filter(s -> s != Sampler.DPM_ADAPTIVE && s != Sampler.DDIM_CFG_PP);
    }

    private static NoiseSource noise(int x, int y, int height, int width) {
        return new PositionNoise(7, 0, x, y, 4, height, width);
    }

    private static List<Planes> left(List<Planes> planes, int cut) {
        return planes.stream().map(plane -> left(plane, cut)).toList();
    }

    private static List<Planes> right(List<Planes> planes, int cut) {
        return planes.stream().map(plane -> right(plane, cut)).toList();
    }

    private static Planes left(Planes planes, int cut) {
        return columns(planes, 0, cut);
    }

    private static Planes right(Planes planes, int cut) {
        return columns(planes, cut, planes.width());
    }

    private static Planes columns(Planes planes, int from, int to) {
        Planes part = new Planes(1, planes.channels(), planes.height(), to - from);
        for (int row = 0; row < planes.channels() * planes.height(); row++)
            System.arraycopy(
                    planes.values(), row * planes.width() + from, part.values(), row * part.width(), part.width());
        return part;
    }

    private static Planes beside(Planes left, Planes right) {
        Planes whole = new Planes(1, left.channels(), left.height(), left.width() + right.width());
        for (int row = 0; row < left.channels() * left.height(); row++) {
            System.arraycopy(left.values(), row * left.width(), whole.values(), row * whole.width(), left.width());
            System.arraycopy(
                    right.values(),
                    row * right.width(),
                    whole.values(),
                    row * whole.width() + left.width(),
                    right.width());
        }
        return whole;
    }

    private static final class PointwiseNetwork implements PromptedNetwork {
        @Override
        public List<Double> weights() {
            return List.of(1.0);
        }

        @Override
        public List<Planes> predict(Planes x, float timestep, int call, boolean unconditional) {
            float[] values = Arrays.copyOf(x.values(), x.values().length);
            for (int i = 0; i < values.length; i++) values[i] = (float) Math.sin(3 * values[i] + timestep / 100 + call);
            return List.of(new Planes(x.batch(), x.channels(), x.height(), x.width(), values));
        }
    }
}
