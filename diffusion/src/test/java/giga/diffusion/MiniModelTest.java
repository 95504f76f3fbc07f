package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.noise.NoiseSource;
import giga.diffusion.noise.PositionNoise;
import giga.diffusion.sampler.Sampler;
import giga.diffusion.sampler.Scheduler;
import giga.diffusion.tensor.Precision;
import giga.diffusion.text.Prompt;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The embedded model from prompt to pixels, against values made with diffusers and transformers. */
class MiniModelTest {
    private static final GoldenFile GOLDEN = GoldenFile.open("/mini/values.safetensors");
    private static final List<String> PROMPTS = prompts();
    private static StableDiffusion mini;

    @BeforeAll
    static void load() {
        mini = StableDiffusion.load(Path.of("../models/giga-mini"), Precision.F32);
    }

    @AfterAll
    static void close() {
        mini.close();
    }

    @Test
    void encodesText() {
        float[] expected = GOLDEN.floats("text.hidden");
        for (int i = 0; i < PROMPTS.size(); i++) {
            Conditioning text = text(i).at(0).getFirst().conditioning();
            assertClose(Arrays.copyOfRange(expected, i * 77 * 128, (i + 1) * 77 * 128), text.values(), 1e-4);
        }
    }

    @Test
    void encodesAndDecodesPixels() throws IOException {
        double scale = mini.architecture().latentScale();
        Planes latents = mini.encodePixels(pixels("/mini/source.png"));
        assertClose(scaled(GOLDEN.floats("vae.latent"), scale), latents.values(), 1e-4);
        Planes golden = GOLDEN.planes("vae.latent");
        Planes input = new Planes(1, 16, 20, 24, scaled(golden.values(), scale));
        assertClose(GOLDEN.floats("vae.decoded"), mini.decodeLatents(input).values(), 1e-4);
    }

    @Test
    void redraws() throws IOException {
        NoiseSource noise = new NoiseSource() {
            @Override
            public Planes draw(int number) {
                return GOLDEN.planes("redraw.noise");
            }

            @Override
            public Brownian brownian(float[] sigmas) {
                throw new AssertionError("Euler asks for none");
            }
        };
        Planes latents = mini.encodePixels(pixels("/mini/source.png"));
        Planes redrawn = mini.denoise(
                latents, noise, text(0), text(1), new Sampling(Sampler.EULER, Scheduler.KARRAS, 20, 0.4, 3));
        float[] steps = GOLDEN.floats("redraw.latents");
        int size = redrawn.values().length;
        float[] last = Arrays.copyOfRange(steps, steps.length - size, steps.length);
        assertClose(last, redrawn.values(), 1e-3);
        assertClose(GOLDEN.floats("redraw.decoded"), mini.decodeLatents(redrawn).values(), 1e-3);
    }

    /** The plan may group tiles as it likes: a tile's result is its own, to the last bit. */
    @Test
    void anItemDoesNotDependOnItsBatch() {
        List<Planes> pictures = new ArrayList<>();
        List<NoiseSource> noises = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pictures.add(new PositionNoise(i, 0, 0, 0, 3, 64, 72).draw(0));
            noises.add(new PositionNoise(7, 0, 9 * i, 0, 16, 8, 9));
        }
        Sampling sampling = new Sampling(Sampler.DPM_PP_SDE, Scheduler.KARRAS, 8, 0.5, 2);
        Planes together = redraw(Planes.stack(pictures), NoiseSource.batch(noises), sampling);
        for (int i = 0; i < 5; i++) {
            Planes alone = redraw(pictures.get(i), noises.get(i), sampling);
            assertThat(together.item(i).values()).isEqualTo(alone.values());
        }
    }

    /** The guidance of two equal parts of half weight is that of one; a text after the last call is never seen. */
    @Test
    void partsAndSchedulesAddUpToThePlainPrompt() {
        NoiseSource noise = new PositionNoise(3, 0, 0, 0, 16, 8, 8);
        Planes latents = new Planes(1, 16, 8, 8);
        Sampling sampling = new Sampling(Sampler.EULER, Scheduler.KARRAS, 6, 1, 3);
        Function<String, Planes> drawn = text -> mini.denoise(
                latents,
                noise,
                mini.encode(Prompt.parse(text), TextOptions.DEFAULT, sampling.promptSteps()),
                text(1),
                sampling);
        float[] plain = drawn.apply("texture, canvas").values();
        assertClose(
                plain,
                drawn.apply("texture, canvas:0.5 AND texture, canvas :0.5").values(),
                1e-5);
        assertClose(plain, drawn.apply("texture, canvas AND sky :0").values(), 1e-5);
        assertClose(plain, drawn.apply("[stone:texture, canvas:0]").values(), 1e-5);
        assertThat(drawn.apply("[stone:texture, canvas:3]").values()).isNotEqualTo(plain);
        assertThat(drawn.apply("[stone|texture, canvas]").values()).isNotEqualTo(plain);
        assertThat(drawn.apply("texture, canvas AND " + "sky ".repeat(80)).values())
                .isNotEqualTo(plain);
    }

    private static Planes redraw(Planes picture, NoiseSource noise, Sampling sampling) {
        Planes latents = mini.encodePixels(picture);
        return mini.decodeLatents(mini.denoise(latents, noise, text(0), text(1), sampling));
    }

    private static PromptConditioning text(int prompt) {
        return mini.encode(Prompt.parse(PROMPTS.get(prompt)), TextOptions.DEFAULT, 20);
    }

    private static List<String> prompts() {
        List<String> prompts = new ArrayList<>();
        GoldenFile.json("/mini/prompts.json").get("prompts").forEach(prompt -> prompts.add(prompt.asString()));
        return prompts;
    }

    /** In [-1, 1]. */
    private static Planes pixels(String resource) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(GoldenFile.resource(resource)));
        Planes planes = new Planes(1, 3, image.getHeight(), image.getWidth());
        int plane = image.getHeight() * image.getWidth();
        for (int i = 0; i < plane; i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            for (int c = 0; c < 3; c++) planes.values()[c * plane + i] = (rgb >> 16 - 8 * c & 0xFF) / 127.5f - 1;
        }
        return planes;
    }

    private static float[] scaled(float[] values, double scale) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) scaled[i] = (float) (values[i] * scale);
        return scaled;
    }

    private static void assertClose(float[] expected, float[] actual, double share) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
        }
        assertThat(difference).isLessThanOrEqualTo(share * largest);
    }
}
