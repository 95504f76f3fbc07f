package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.weights.FormulaCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LoRAs from the command line to the picture: by option, by the prompt, by pass. */
class LoraCommandsTest {
    @TempDir
    static Path home;

    private static Path picture;
    private static Path model;

    @BeforeAll
    static void furnishHome() throws IOException {
        picture = TestPictures.write(home.resolve("picture.png"), 64, 64);
        model = FormulaCheckpoint.TINY_SD1.write(home.resolve("tiny.safetensors"));
        Path folder = Files.createDirectories(home.resolve("models/Lora/styles"));
        try (InputStream lora =
                LoraCommandsTest.class.getResourceAsStream("/networks/lora/lora_sd1_peft.safetensors")) {
            Files.copy(lora, folder.resolve("Ink.safetensors"));
        }
    }

    @Test
    void theOptionAndThePromptMeanTheSame() {
        int[] plain = made("none", "a cat");
        int[] byOption = made("option", "a cat", "--lora", "ink:0.8");
        int[] byPrompt = made("prompt", "a cat <lora:ink:0.8>");
        assertThat(byOption).isEqualTo(byPrompt).isNotEqualTo(plain);
        assertThat(made("zero", "a cat", "--lora", "ink:0")).isEqualTo(plain);
        assertThat(made("unet", "a cat", "--lora", "ink:0:0.8")).isNotEqualTo(byOption);
    }

    @Test
    void aLoraMayActInOnePassOnly() throws IOException {
        int[] plain = redrawn("plain");
        assertThat(redrawn("second", "--passes", 2, "--lora", "ink:2@2"))
                .isNotEqualTo(redrawn("neither", "--passes", 2))
                .isNotEqualTo(redrawn("both", "--passes", 2, "--lora", "ink:2"));
        assertThat(redrawn("first", "--lora", "ink:2@1"))
                .isNotEqualTo(plain)
                .isEqualTo(redrawn("all", "--lora", "ink:2"));
    }

    @Test
    void aLoraForAPassThatNeverComesIsRefused() {
        Path out = home.resolve("never.png");
        for (Run run : List.of(
                giga("redraw", picture, "-o", out, "--model", model, small(), "--lora", "ink:2@2"),
                giga("generate", "moss", "-o", out, "--model", model, small(), "--lora", "ink:2@2"))) {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("is for pass 2, and the last pass is 1: leave out @2, or give more passes");
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void aJobKnowsItsModelsByWhereverItIsResumedFrom() throws IOException {
        Path relative = Path.of("").toAbsolutePath().relativize(home.toRealPath());
        Path out = home.resolve("relative.png");
        Run run = giga(
                "redraw",
                picture,
                "-o",
                out,
                "--model",
                model,
                "--home",
                relative,
                "--lora",
                "ink",
                "--scale",
                1,
                "--tile",
                64,
                "--padding",
                0,
                "--steps",
                1);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(home.resolve("relative.png.job/recipe.toml")))
                .doesNotContain("..");
    }

    @Test
    void aJobIsNotResumedWithAnotherLora() throws IOException {
        Path lora = home.resolve("models/Lora/changing.safetensors");
        Files.copy(home.resolve("models/Lora/styles/Ink.safetensors"), lora);
        redrawn("changing", "--lora", "changing:0.5");
        byte[] bytes = Files.readAllBytes(lora);
        bytes[bytes.length - 1] ^= 1;
        Files.write(lora, bytes);
        Run resumed = giga("resume", home.resolve("changing.png.job"));
        assertThat(resumed.code()).isEqualTo(1);
        assertThat(resumed.err()).contains(lora + " has changed since the job");
    }

    @Test
    void aLoraOfAnotherFamilyIsRefusedByName() throws IOException {
        Path other = home.resolve("models/Lora/large.safetensors");
        try (InputStream lora =
                LoraCommandsTest.class.getResourceAsStream("/networks/lora/lora_sdxl_peft.safetensors")) {
            Files.copy(lora, other);
        }
        Run run = giga("generate", "a cat", "-o", home.resolve("no.png"), "--model", model, "--lora", other, small());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("large").contains("SDXL");
        assertThat(home.resolve("no.png")).doesNotExist();
    }

    @Test
    void infoTellsWhatALoraIs() {
        Run info = giga("models", "info", "ink", "--home", home);
        assertThat(info.code()).as(info.err()).isZero();
        assertThat(info.out())
                .contains(
                        "Ink: a LoRA for a model that it does not name",
                        "7 layers of the UNet, 2 of the text encoders: 1 LoCon, 8 LoRA",
                        "rank 4, alpha 4",
                        "supported");
    }

    @Test
    void benchTellsWhatALoraCosts() {
        Run bench = giga("bench", "--lora", "ink", "--model", model, "--size", 64, "--rounds", 1, "--home", home);
        assertThat(bench.code()).as(bench.err()).isZero();
        assertThat(bench.out())
                .matches(
                        "(?s)LoRA Ink: 9 layers; merged in .* s, taken out in .* s; UNet batch 2 at 64 px .* s without,"
                                + " .* s with it, peak memory .* MiB.*");
    }

    private static List<Object> small() {
        return List.of("--home", home, "--steps", 3, "--precision", "f32", "--seed", 1);
    }

    private static int[] made(String name, String prompt, Object... more) {
        Path out = home.resolve(name + "-made.png");
        List<Object> arguments = new ArrayList<>(List.of("generate", prompt, "-o", out, "--model", model));
        arguments.addAll(List.of("--width", 64, "--height", 64));
        return pixels(out, arguments, more);
    }

    private static int[] redrawn(String name, Object... more) {
        Path out = home.resolve(name + ".png");
        List<Object> arguments = new ArrayList<>(List.of("redraw", picture, "-o", out, "--model", model));
        arguments.addAll(List.of("--scale", 1, "--tile", 64, "--padding", 0, "--denoise", 0.5));
        return pixels(out, arguments, more);
    }

    /** Without the texts, which tell of the LoRAs. */
    private static int[] pixels(Path out, List<Object> arguments, Object... more) {
        arguments.addAll(small());
        arguments.addAll(Arrays.asList(more));
        Run run = giga(arguments.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return TestPictures.rgb(out);
    }
}
