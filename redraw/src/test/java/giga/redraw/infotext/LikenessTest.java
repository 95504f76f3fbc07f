package giga.redraw.infotext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Pixels;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.redraw.DenoiseBySize;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LikenessTest {
    private static final Diffusion.Tuning TUNING = new Diffusion.Tuning(0.5, 1, 1.01, 0.03, 14, 0.7, 5.4, 0.28, 2);

    @TempDir
    Path folder;

    private static Likeness of(String text) {
        return Likeness.of(Infotext.parse(text), "castle.png");
    }

    @Test
    void aPictureOfA1111() {
        Likeness like = of("""
                a castle
                Negative prompt: fog
                Steps: 30, Sampler: Euler a, Schedule type: Karras, CFG scale: 6.5, Seed: 965400086, Size: 512x768, \
                Model hash: 6ce0161689, Model: v1-5-pruned-emaonly, VAE: mse.vae.pt, Variation seed: 7, \
                Variation seed strength: 0.2, Denoising strength: 0.7, Clip skip: 2, ENSD: 31337, Hires upscale: 2, Hires upscaler: Latent, Version: v1.10.1""");
        assertThat(like.leftOut()).containsExactly("ENSD", "Hires upscaler");
        assertThat(like.hires()).hasValue(2.0);
        Settings settings = like.settings();
        assertThat(settings.prompt()).hasValue("a castle");
        assertThat(settings.negative()).hasValue("fog");
        assertThat(settings.sampler()).hasValue("Euler a");
        assertThat(settings.scheduler()).hasValue("Karras");
        assertThat(settings.steps()).hasValue(30);
        assertThat(settings.cfg()).hasValue(6.5);
        assertThat(settings.denoise()).hasValue(DenoiseBySize.always(0.7));
        assertThat(settings.clipSkip()).hasValue(2);
        assertThat(settings.tile()).isEmpty();
        assertThat(like.model()).hasValue("v1-5-pruned-emaonly");
        assertThat(like.vae()).hasValue("mse.vae.pt");
        assertThat(like.seed()).hasValue(965400086L);
        assertThat(like.noise()).hasValue(Diffusion.Noise.Kind.A1111_GPU);
        assertThat(like.variation()).hasValue(new Likeness.Variation(7, 0.2));
        assertThat(like.width()).hasValue(512);
        assertThat(like.height()).hasValue(768);
    }

    @Test
    void whatItDoesNotTellStaysOpen() {
        Likeness like = of("a castle\nSteps: 1, Seed: 2, RNG: CPU, Size: large");
        assertThat(like.noise()).hasValue(Diffusion.Noise.Kind.A1111);
        assertThat(like.settings().sampler()).isEmpty();
        assertThat(like.width()).isEmpty();
        assertThat(like.model()).isEmpty();
        assertThat(of("a castle").noise()).isEmpty();
    }

    @Test
    void aFieldThatIsNoNumberIsNamed() {
        assertThatThrownBy(() -> of("x\nSteps: many, Seed: 2, Size: 8x8"))
                .isInstanceOf(JobException.class)
                .hasMessage("castle.png: its field Steps says 'many', which is no number; give that option yourself");
    }

    @Test
    void whatGigaWritesIsTakenOverWhole() throws IOException {
        Path model = Files.writeString(folder.resolve("toy.safetensors"), "abc");
        Path lora = Files.writeString(folder.resolve("ink.safetensors"), "abc");
        Diffusion diffusion = new Diffusion(
                new Diffusion.Model(model.toString(), "", "", "auto", "f32", "cpu"),
                new Diffusion.Prompts("a castle <lora:ink:0.5>", "fog", 2, "No norm"),
                new Diffusion.Sampling("DPM++ 2M", "Karras", 20, 6, 0.4, TUNING),
                new Diffusion.Noise(Diffusion.Noise.Kind.A1111, 5, 6, 0.25),
                List.of(
                        new Diffusion.Lora(lora.toString(), 0.5, 0.5, 0, 0),
                        new Diffusion.Lora(lora.toString(), 1, 0.25, 0, 0)));
        Making making =
                new Making(diffusion, 64, 96, true, new LinkedHashMap<>(Map.of("Hires upscale", "2")), "giga 0.1.0");
        String text = making.infotext(new FileHashes(folder.resolve("hashes"))).text();
        assertThat(text).isEqualTo("""
                a castle <lora:ink:0.5> <lora:ink:1:0.25>
                Negative prompt: fog
                Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6, Seed: 5, Size: 64x96, \
                Model hash: ba7816bf8f, Model: toy, Variation seed: 6, Variation seed strength: 0.25, \
                Denoising strength: 0.4, Clip skip: 2, Emphasis: No norm, RNG: CPU, Eta: 0.5, Sigma churn: 1, Sigma noise: 1.01, Schedule min sigma: 0.03, \
                Schedule max sigma: 14, NGMS: 2, CFG rescale: 0.7, CFG from sigma: 5.4, CFG to sigma: 0.28, Lora hashes: "ink: ba7816bf8f01", \
                Hires upscale: 2, Version: giga 0.1.0""");
        Path picture = folder.resolve("castle.jpg");
        PictureWriter.write(
                new Pixels(64, 96),
                picture,
                new PictureMetadata(Optional.empty(), OptionalDouble.empty(), Map.of("parameters", text)),
                rows -> {});
        Likeness like = Likeness.of(picture);
        assertThat(like.settings().emphasis()).hasValue("No norm");
        assertThat(like.tuning()).isEqualTo(TUNING);
        assertThat(like.noise()).hasValue(Diffusion.Noise.Kind.A1111);
        assertThat(like.variation()).hasValue(new Likeness.Variation(6, 0.25));
        assertThat(like.height()).hasValue(96);
        assertThat(like.leftOut()).isEmpty();
    }

    @Test
    void aPictureThatTellsNothingIsRefused() {
        Path picture = folder.resolve("plain.png");
        PictureWriter.write(new Pixels(8, 8), picture, PictureMetadata.NONE, rows -> {});
        assertThatThrownBy(() -> Likeness.of(picture))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("does not tell what made it");
    }
}
