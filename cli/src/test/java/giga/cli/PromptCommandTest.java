package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PromptCommandTest {
    @Test
    void showsPartsStepsTokensAndNetworks() {
        Run run = giga(
                "prompt",
                "a (cat:1.2), <lora:fur:0.35> [oil:ink:0.5] AND (gigapixel:0.9):0.6",
                "--negative",
                "[blurry|sharp] BREAK flat",
                "--sampler",
                "DPM++ SDE");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "Prompt: 2 parts joined by AND, 40 steps",
                        "  LoRA fur: 0.35 in the text encoder, 0.35 in the UNet",
                        "  part 1, weight 1",
                        "    steps 1-20: \"a (cat:1.2),  oil\"",
                        "      chunk 1: 4 of 75 tokens",
                        "        [a 320] [cat 2368 x1.2] [, 267] [oil 2870]",
                        "    steps 21-40: \"a (cat:1.2),  ink\"",
                        "      chunk 1: 4 of 75 tokens",
                        "        [a 320] [cat 2368 x1.2] [, 267] [ink 967]",
                        "  part 2, weight 0.6",
                        "    steps 1-40: \" (gigapixel:0.9)\"",
                        "      chunk 1: 4 of 75 tokens",
                        "        [gig- 26981 x0.9] [ap- 688 x0.9] [ix- 13272 x0.9] [el 832 x0.9]",
                        "Negative prompt: 1 part, 40 steps",
                        "    steps 1, 3, 5, 7, 9, 11, …: \"blurry BREAK flat\"",
                        "      chunk 1: 1 of 75 tokens",
                        "        [blurry 21977]",
                        "      chunk 2: 1 of 75 tokens",
                        "        [flat 6313]",
                        "    steps 2, 4, 6, 8, 10, 12, …: \"sharp BREAK flat\"",
                        "      chunk 1: 1 of 75 tokens",
                        "        [sharp 8157]",
                        "      chunk 2: 1 of 75 tokens",
                        "        [flat 6313]");
    }

    @Test
    void programsGetJson() {
        JsonNode json = new JsonMapper()
                .readTree(giga("prompt", "(cat:1.2) [dog:3] <lora:a:0.5>", "--steps", 10, "--json")
                        .out());
        JsonNode prompt = json.get("prompt");
        assertThat(prompt.get("steps").intValue()).isEqualTo(10);
        assertThat(prompt.at("/loras/0/name").stringValue()).isEqualTo("a");
        assertThat(prompt.at("/loras/0/te").doubleValue()).isEqualTo(0.5);
        JsonNode texts = prompt.at("/parts/0/texts");
        assertThat(texts).hasSize(2);
        assertThat(texts.at("/1/spans/0/from").intValue()).isEqualTo(4);
        JsonNode cat = texts.at("/0/chunks/0/0");
        assertThat(cat.get("id").intValue()).isEqualTo(2368);
        assertThat(cat.get("text").stringValue()).isEqualTo("cat");
        assertThat(cat.get("weight").doubleValue()).isBetween(1.19, 1.21);
        assertThat(cat.get("ends_word").booleanValue()).isTrue();
        assertThat(json.has("negative")).isFalse();
    }

    @Test
    void aModelBringsItsWordsAndItsTextualInversions(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("embeddings"));
        vectors(home.resolve("embeddings/my-style.safetensors"), 2, 128);
        vectors(home.resolve("embeddings/other.safetensors"), 1, 768);
        Run run = giga("prompt", "a my-style, other", "--model", "giga-mini", "--home", home);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("[my-style: 2 vectors]")
                .contains("Note: the textual inversion other has 768 values a vector, as SD 1.x has them");
    }

    /** Vectors of zeros draw another picture than the words of their name. */
    @Test
    void picturesAreDrawnWithThem(@TempDir Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("embeddings"));
        vectors(folder.resolve("other.safetensors"), 1, 768);
        Run words = draw(home, "words.png");
        assertThat(words.err())
                .contains("the textual inversion other has 768 values a vector")
                .contains("read as plain words");
        vectors(folder.resolve("my-style.safetensors"), 2, 128);
        draw(home, "style.png");
        assertThat(pixels(home.resolve("words.png"))).isNotEqualTo(pixels(home.resolve("style.png")));
    }

    private static Run draw(Path home, String name) {
        Run run = giga(
                "generate",
                "a my-style, other",
                "-o",
                home.resolve(name),
                "--home",
                home,
                "--seed",
                1,
                "--steps",
                2,
                "--width",
                64,
                "--height",
                64);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static int[] pixels(Path picture) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    (a:1.2.3)        | --steps=20     | 1.2.3
                    <hypernet:h:1>   | --steps=20     | <hypernet:h:1>
                    a                | --steps=0      | Sampling in 0 steps
                    a                | --sampler=Eule | did you mean Euler?
                    a                | --emphasis=x   | Original, No norm, Ignore, None
                    a                | --model=nix    | there is no model 'nix'
                    """)
    void whatCannotBeIsOneSentence(String prompt, String option, String fragment) {
        Run run = giga("prompt", prompt, option);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(fragment).hasLineCount(1);
    }

    @Test
    void whatSteersTerminalsIsNotPrinted() {
        String out = giga("prompt", "a\u001B[31m\u202Eb\uD800 \uD83D\uDC69\u200D\uD83C\uDFA8")
                .out();
        assertThat(out).contains("a?[31m?b? \uD83D\uDC69\u200D\uD83C\uDFA8").doesNotContain("\u001B", "\u202E");
    }

    private static void vectors(Path file, int count, int width) throws IOException {
        byte[] header = "{\"emb_params\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}"
                .formatted(count, width, 4 * count * width)
                .getBytes();
        Files.write(
                file,
                ByteBuffer.allocate(8 + header.length + 4 * count * width)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .array());
    }
}
