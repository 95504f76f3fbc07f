package giga.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.GoldenFiles;
import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.noise.ImageNoise;
import giga.diffusion.noise.ImageSeed;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.noise.PositionNoise;
import giga.diffusion.weights.Architecture.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SamplerTest {
    private static final GoldenFiles GOLDENS = new GoldenFiles("sampling");
    private static final NoiseSchedule SCHEDULE = new NoiseSchedule(0.00085, 0.012);
    private static final FormulaNoise NOISE = new FormulaNoise(1);

    @Test
    void theTestsOwnNetworkAndNoiseAreTheGoldens() {
        assertThat(NOISE.draw(0).values()).containsExactly(golden("noise/0"), within(1e-7f));
        assertThat(NOISE.draw(3).values()).containsExactly(golden("noise/3"), within(1e-7f));
        assertThat(NOISE.initialLatent().values()).containsExactly(golden("z"), within(1e-7f));
        for (JsonNode row : GOLDENS.cases("network.json")) {
            Denoiser.Network network =
                    new AnalyticNetwork(prediction(row), row.get("c").doubleValue());
            assertThat(network.predict(NOISE.draw(7), row.get("t").floatValue()).values())
                    .startsWith(GoldenFiles.floats(row.get("first8")), within(1e-6f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"txt2img", "schedulers", "img2img", "guidance"})
    void latentsAreThoseOfTheWebui(String file) {
        for (JsonNode row : GOLDENS.cases(file + ".json"))
            if (known(row))
                assertLatents(
                        file,
                        row,
                        NOISE,
                        1e-4 + 10 * row.get("f32_minus_f64_max").doubleValue());
    }

    @Test
    void latentsWithTheWebuisOwnNoiseToo() {
        for (JsonNode row : GOLDENS.cases("real_noise.json")) {
            String id = row.get("id").stringValue();
            if (!known(row)) continue;
            NoiseSource noise = new ImageNoise(
                    ImageNoise.Source.valueOf(row.get("source").stringValue()),
                    new ImageSeed(row.get("image_seed").longValue())
                            .withEtaNoiseSeedDelta(id.endsWith("ENSD 31337") ? 31337 : 0),
                    4,
                    8,
                    8);
            boolean roughTimes = id.startsWith("DPM++ SDE") && !row.has("denoise");
            assertLatents("real_noise", row, noise, roughTimes ? 1e-2 : 1e-4);
        }
    }

    private static boolean known(JsonNode row) {
        String id = row.get("id").stringValue();
        return List.of("Euler", "Euler a", "DPM++ 2M", "DPM++ SDE")
                        .contains(row.get("sampler").stringValue())
                && List.of("AND", "edit", "NGMS", "skip", "mask", "fix_steps", "extra_noise").stream()
                        .noneMatch(id::contains);
    }

    private static void assertLatents(String file, JsonNode row, NoiseSource noise, double tolerance) {
        String id = row.get("id").stringValue();
        Sampling sampling = new Sampling(
                Sampler.byName(row.get("sampler").stringValue()),
                Scheduler.byName(row.get("scheduler").stringValue()),
                row.get("steps").intValue(),
                row.has("denoise") ? row.get("denoise").doubleValue() : 1,
                row.has("scale") ? row.get("scale").doubleValue() : 1);
        Planes start = row.has("denoise") ? NOISE.initialLatent() : new Planes(1, 4, 8, 8);
        List<Float> calls = new ArrayList<>();
        Denoiser denoiser = Denoiser.of(prediction(row), SCHEDULE, network(row, sampling.cfg()));
        Planes result = Img2Img.sample(
                sampling,
                SCHEDULE,
                (x, sigma) -> {
                    calls.add(sigma);
                    return denoiser.denoise(x, sigma);
                },
                start,
                noise);

        float[] latents = GOLDENS.tensor(file + ".safetensors", id);
        float[] last = Arrays.copyOfRange(latents, latents.length - 256, latents.length);
        assertThat(result.values()).as(id).containsExactly(last, within((float) tolerance));
        float[] expectedCalls = GoldenFiles.floats(row.get("calls"));
        assertThat(calls).as(id).hasSize(expectedCalls.length).hasSize(sampling.denoiserCalls());
        for (int i = 0; i < expectedCalls.length; i++)
            assertThat(calls.get(i)).as(id).isCloseTo(expectedCalls[i], within(expectedCalls[i] * 5e-6f));
    }

    private static Denoiser.Network network(JsonNode row, double scale) {
        if (!row.has("cond")) return new AnalyticNetwork(prediction(row), 0);
        AnalyticNetwork conditional = new AnalyticNetwork(prediction(row), 1);
        if (!Guidance.needsUnconditional(scale)) return conditional;
        AnalyticNetwork unconditional = new AnalyticNetwork(prediction(row), 0);
        return (x, t) -> Guidance.combine(conditional.predict(x, t), unconditional.predict(x, t), scale);
    }

    @ParameterizedTest
    @EnumSource
    void anItemDoesNotDependOnItsBatch(Sampler sampler) {
        Sampling sampling = new Sampling(sampler, Scheduler.AUTOMATIC, 12, 0.6, 1);
        Denoiser denoiser = Denoiser.of(Prediction.V, SCHEDULE, new AnalyticNetwork(Prediction.V, 0));
        List<PositionNoise> noises = List.of(
                new PositionNoise(5, 0, 0, 0, 4, 8, 8),
                new PositionNoise(5, 0, 4, 0, 4, 8, 8),
                new PositionNoise(5, 0, 4, 99, 4, 8, 8));
        List<Planes> starts = List.of(NOISE.draw(4), NOISE.draw(5), NOISE.draw(6));
        Planes together = Img2Img.sample(sampling, SCHEDULE, denoiser, Planes.stack(starts), NoiseSource.batch(noises));
        for (int i = 0; i < 3; i++) {
            Planes alone = Img2Img.sample(sampling, SCHEDULE, denoiser, starts.get(i), noises.get(i));
            assertThat(together.item(i).values()).containsExactly(alone.values());
        }
    }

    @ParameterizedTest
    @EnumSource
    void inputsStayAsTheyAre(Sampler sampler) {
        Planes start = NOISE.draw(4);
        Planes copy = start.item(0);
        List<Planes> seen = new ArrayList<>();
        List<Planes> copies = new ArrayList<>();
        Denoiser denoiser = Denoiser.of(Prediction.EPS, SCHEDULE, new AnalyticNetwork(Prediction.EPS, 0));
        Sigmas sigmas = new Sigmas(new float[] {3, 2, 1, 0.1f, 0}, 1);
        sampler.sample(
                (x, sigma) -> {
                    seen.add(x);
                    copies.add(x.item(0));
                    return denoiser.denoise(x, sigma);
                },
                start,
                sigmas,
                NOISE);
        assertThat(start.values()).containsExactly(copy.values());
        for (int i = 0; i < seen.size(); i++)
            assertThat(seen.get(i).values()).containsExactly(copies.get(i).values());
    }

    @Test
    void aNetworkThatBreaksEndsTheRunInASentence() {
        Denoiser.Network broken = (x, t) -> {
            Planes output = x.item(0);
            output.values()[77] = Float.NaN;
            return output;
        };
        assertThatThrownBy(() -> Denoiser.of(Prediction.EPS, SCHEDULE, broken).denoise(NOISE.draw(0), 2.5f))
                .isInstanceOf(ModelException.class)
                .hasMessage("The network's output at sigma 2.5 is not a number; use precision f32, or another model");
    }

    @Test
    void theDenoisersExceptionReachesTheCaller() {
        Denoiser cancelled = (x, sigma) -> {
            throw new IllegalStateException("cancelled");
        };
        assertThatThrownBy(() -> Sampler.DPM_PP_SDE.sample(
                        cancelled, NOISE.draw(0), new Sigmas(new float[] {1, 0.5f, 0}, 0), NOISE))
                .hasMessage("cancelled");
    }

    private static Prediction prediction(JsonNode row) {
        return row.get("prediction").stringValue().equals("v") ? Prediction.V : Prediction.EPS;
    }

    private static float[] golden(String name) {
        return GOLDENS.tensor("inputs.safetensors", name);
    }
}
