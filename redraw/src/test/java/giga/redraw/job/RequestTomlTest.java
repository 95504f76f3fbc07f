package giga.redraw.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.finish.Blend;
import giga.canvas.finish.Finish;
import giga.canvas.finish.Grain;
import giga.canvas.finish.Sharpening;
import giga.canvas.finish.Texture;
import giga.canvas.finish.Tone;
import giga.canvas.icc.Intent;
import giga.canvas.output.TiffCompression;
import giga.canvas.print.Print;
import giga.canvas.split.Cut;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.Join;
import giga.redraw.Layout;
import giga.redraw.PassSettings;
import giga.redraw.Request;
import giga.redraw.Result;
import giga.redraw.Sheet;
import giga.redraw.Upscaling;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RequestTomlTest {
    private static Request request(String prompt, long seed, double cfg) {
        return new Request(
                "/pictures/in.png",
                "/pictures/out.png",
                Result.PLAIN
                        .sized(8000, 10000)
                        .at(500)
                        .compressed(TiffCompression.LZW)
                        .cut(List.of(new Cut("50%x50%", 4)))
                        .finished(new Finish(
                                List.of(Finish.Step.TEXTURE, Finish.Step.GRAIN),
                                Sharpening.NONE,
                                new Grain(3, 2, 9),
                                new Texture(
                                        "/textures/paper.png",
                                        0.5,
                                        Blend.SOFT_LIGHT,
                                        Texture.Fit.STRETCH,
                                        1,
                                        Tone.NEUTRAL),
                                new Tone(1, 2, 0.5)))
                        .printed(List.of(new Sheet(
                                "/print.pdf",
                                new Print(
                                        "A3",
                                        300,
                                        Print.Fit.WHOLE,
                                        "3mm",
                                        true,
                                        "/p.icc",
                                        "srgb",
                                        Intent.PERCEPTUAL,
                                        true,
                                        false,
                                        TiffCompression.NONE)))),
                List.of(pass(prompt, seed, cfg), pass(prompt + "!", seed, cfg).scaled(1.5)));
    }

    private static PassSettings pass(String prompt, long seed, double cfg) {
        return new PassSettings(
                2,
                true,
                Upscaling.LANCZOS,
                new Diffusion(
                        new Diffusion.Model("/models/sd.safetensors", "", "/embeddings", "auto", "bf16", "cpu"),
                        new Diffusion.Prompts(prompt, "blurry", 2, "No norm"),
                        new Diffusion.Sampling("DPM++ SDE", "Karras", 20, cfg, 0.4, Diffusion.Tuning.NONE),
                        new Diffusion.Noise(Diffusion.Noise.Kind.POSITION, seed, 0, 0),
                        List.of(
                                new Diffusion.Lora("/loras/a.safetensors", 0.35, 0.4, 0, 0),
                                new Diffusion.Lora("/loras/b.safetensors", -1, 1, 8, 2))),
                new Request.Tiling(768, 128, 32, Request.Order.CHESS, 16, 4, Layout.USDU, Join.SHIFTED),
                new Request.Seams(Request.Seams.Mode.HALF_CORNERS, 0.45, 128, 32, 768));
    }

    @Test
    void peopleCanReadIt() {
        assertThat(RequestToml.write(request("a painting", 7, 6)))
                .contains("input = '/pictures/in.png'")
                .contains("diffusion.prompts.clip_skip = 2")
                .contains("tiling.order = 'chess'")
                .contains("tiling.tone_lock = 16")
                .contains("tiling.layout = 'usdu'")
                .contains("tiling.join = 'shifted'")
                .contains("seams.mode = 'half+corners'")
                .contains("redraw = true")
                .contains("result.compression = 'lzw'")
                .containsOnlyOnce("scale = 1.5");
    }

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll String prompt, @ForAll long seed) {
        // A half of a surrogate pair is no text; files are UTF-8.
        String text = new String(prompt.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Request request = request(text, seed, 6.5);
        assertThat(RequestToml.read(RequestToml.write(request), "recipe.toml")).isEqualTo(request);
    }

    @Test
    void whatTheRequestRefusesIsSaidInItsWords() {
        String recipe = RequestToml.write(request("", 1, 6)).replace("steps = 20", "steps = 0");
        assertThatThrownBy(() -> RequestToml.read(recipe, "mine.toml"))
                .isInstanceOf(JobException.class)
                .hasMessage("mine.toml cannot be used as a recipe: steps 0: give 1 to 1000. Correct it there.");
    }

    @Test
    void aLineTooManyOrTooFewIsNamed() {
        String recipe = RequestToml.write(request("", 1, 6));
        assertThatThrownBy(() -> RequestToml.read("sharpness = 3\n" + recipe, "mine.toml"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("sharpness");
        assertThatThrownBy(() -> RequestToml.read(recipe.replace("scale = 1.5\n", ""), "mine.toml"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("scale");
        assertThatThrownBy(() -> RequestToml.read("", "mine.toml")).isInstanceOf(JobException.class);
    }

    @Test
    void tenThousandMutatedRecipesEndWell() {
        Random random = new Random(3);
        String recipe = RequestToml.write(request("a (painting:1.2), \"old\"", 1, 6));
        for (int i = 0; i < 10_000; i++) {
            StringBuilder mutated = new StringBuilder(recipe);
            for (int edits = 1 + random.nextInt(4); edits > 0 && !mutated.isEmpty(); edits--) {
                int at = random.nextInt(mutated.length());
                switch (random.nextInt(4)) {
                    case 0 -> mutated.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65536));
                    case 1 -> mutated.deleteCharAt(at);
                    case 2 -> mutated.insert(at, "[{\"'=\n.9e".charAt(random.nextInt(9)));
                    default -> mutated.setLength(Math.max(1, at));
                }
            }
            try {
                RequestToml.read(mutated.toString(), "mine.toml");
            } catch (JobException e) {
                assertThat(e).hasMessageStartingWith("mine.toml cannot be used as a recipe: ");
            }
        }
    }
}
