package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Pixels;
import giga.canvas.input.PictureFile;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.diffusion.weights.FormulaCheckpoint;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.generate.Generator;
import giga.redraw.infotext.Infotext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** New pictures by the embedded model: small and of few steps, which is enough for everything but beauty. */
class GenerateCommandTest {
    private static final List<String> SMALL = List.of("--width", "96", "--height", "64", "--steps", "2");

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
    }

    @AfterEach
    void nothingHalfWrittenIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".partial"));
        }
    }

    private Run generate(Object... arguments) {
        List<Object> all = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof List<?> list) all.addAll(list);
            else all.add(argument);
        }
        return giga("generate", SMALL, "--home", home, all);
    }

    private Path drawn(String name, Object... arguments) {
        Path file = folder.resolve(name);
        Run run = generate("-o", file, List.of(arguments));
        assertThat(run.code()).as(run.err()).isZero();
        return file;
    }

    private static Infotext made(Path file) {
        try (PictureFile picture = PictureFile.open(file)) {
            return Infotext.parse(picture.info().texts().get("parameters"));
        }
    }

    @Test
    void aPictureTellsWhatMadeIt() {
        for (String name : new String[] {"a.png", "a.jpg"}) {
            Path file = folder.resolve(name);
            Run run = generate("moss, \u82d4", "-o", file, "--negative", "fog", "--cfg", 2.5, "--seed", 7);
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out().lines())
                    .singleElement()
                    .asString()
                    .startsWith(name + " 96x64: 1 picture in ")
                    .endsWith("seed 7");
            assertThat(made(file).text()).isEqualTo("""
                    moss, \u82d4
                    Negative prompt: fog
                    Steps: 2, Sampler: Euler, Schedule type: Karras, CFG scale: 2.5, Seed: 7, Size: 96x64, \
                    Model: giga-mini, Noise: position, Version: giga %s""".formatted(Version.number()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"position", "a1111", "a1111-gpu"})
    void theSameSeedGivesTheSameBytesAloneAndInABatch(String noise) {
        Path one = drawn("one.png", "moss", "--noise", noise, "--seed", 8, "--sampler", "DPM++ SDE");
        Path again = drawn("again.png", "moss", "--noise", noise, "--seed", 8, "--sampler", "DPM++ SDE");
        drawn("batch.png", "moss", "--noise", noise, "--seed", 7, "--count", 2, "--sampler", "DPM++ SDE");
        assertThat(again).hasSameBinaryContentAs(one);
        assertThat(folder.resolve("batch-8.png")).hasSameBinaryContentAs(one);
        Path other = drawn("other.png", "moss", "--noise", noise, "--seed", 9, "--sampler", "DPM++ SDE");
        assertThat(pixels(other)).isNotEqualTo(pixels(one));
    }

    private static byte[] pixels(Path file) {
        try (PictureFile picture = PictureFile.open(file)) {
            return picture.read().rgb();
        }
    }

    @Test
    void everyKindOfNoiseGivesAPictureOfItsOwn() {
        assertThat(Stream.of("position", "a1111", "a1111-gpu")
                        .map(noise -> pixels(drawn(noise + ".png", "moss", "--noise", noise, "--seed", 8)))
                        .map(Arrays::hashCode)
                        .distinct())
                .hasSize(3);
    }

    @Test
    void aBatchOfSeedsWithAContactSheetForPrograms() {
        Path file = folder.resolve("batch.jpg");
        Run run = generate("moss", "-o", file, "--seed", 5, "--count", 3, "--sheet", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        List<JsonNode> events =
                run.out().lines().map(new JsonMapper()::readTree).toList();
        assertThat(events.stream().filter(event -> event.get("event").asString().equals("picture")))
                .extracting(event -> event.get("seed").asInt())
                .containsExactly(5, 6, 7);
        JsonNode done = events.getLast();
        assertThat(done.get("event").asString()).isEqualTo("done");
        assertThat(done.get("outputs"))
                .extracting(output -> Path.of(output.asString()).getFileName().toString())
                .containsExactly("batch-5.jpg", "batch-6.jpg", "batch-7.jpg", "batch-sheet.jpg");
        assertThat(file).doesNotExist();
        assertThat(made(folder.resolve("batch-6.jpg")).value("Seed")).hasValue("6");
        try (PictureFile sheet = PictureFile.open(folder.resolve("batch-sheet.jpg"))) {
            assertThat(sheet.info().width()).isEqualTo(2 * 96 + 4);
            assertThat(sheet.info().height()).isEqualTo(2 * 64 + 4);
        }
    }

    @Test
    void variationsKeepTheSeed() {
        drawn("v.png", "moss", "--noise", "a1111", "--seed", 5, "--variation", "9:0.3", "--count", 2);
        assertThat(made(folder.resolve("v-5-10.png")).fields())
                .containsEntry("Seed", "5")
                .containsEntry("Variation seed", "10")
                .containsEntry("Variation seed strength", "0.3");
    }

    @Test
    void aSeedOfAnotherSizeAndEnsdChangeThePictureAndAreTold() throws IOException {
        Path plain = drawn("plain.png", "moss", "--noise", "a1111", "--seed", 5, "--sampler", "Euler a");
        Path resized = drawn(
                "resized.png",
                "moss",
                "--noise",
                "a1111",
                "--seed",
                5,
                "--sampler",
                "Euler a",
                "--seed-resize",
                "64x96");
        Path delta =
                drawn("delta.png", "moss", "--noise", "a1111", "--seed", 5, "--sampler", "Euler a", "--ensd", 31337);
        assertThat(made(resized).fields()).containsEntry("Seed resize from", "64x96");
        assertThat(made(delta).fields()).containsEntry("ENSD", "31337");
        assertThat(TestPictures.rgb(resized)).isNotEqualTo(TestPictures.rgb(plain));
        assertThat(TestPictures.rgb(delta)).isNotEqualTo(TestPictures.rgb(plain));
    }

    @Test
    void aPictureLikeAnotherIsTheSameUnlessOptionsSayOtherwise() {
        Path one = drawn(
                "one.png",
                "moss",
                "--noise",
                "a1111",
                "--seed",
                8,
                "--variation",
                "9:0.3",
                "--sampler",
                "DPM++ 2M SGM Uniform",
                "--cfg",
                3,
                "--negative",
                "fog");
        Path same = folder.resolve("same.png");
        Run run = giga("generate", "--like", one, "-o", same);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(same).hasSameBinaryContentAs(one);
        Path other = folder.resolve("other.png");
        giga("generate", "stone", "--like", one, "-o", other, "--steps", 3, "--width", 64);
        assertThat(made(other).text())
                .startsWith("stone\nNegative prompt: fog\nSteps: 3, Sampler: DPM++ 2M, Schedule type: SGM Uniform,")
                .contains("Size: 64x64", "Seed: 8,", "Variation seed: 9");
    }

    @Test
    void whatCannotBeTakenOverIsSaid() {
        Path castle = folder.resolve("castle.png");
        String text = "a castle\nSteps: 1, Sampler: Euler, Seed: 5, Size: 64x72, ENSD: 31337, Tiling: True";
        PictureMetadata metadata =
                new PictureMetadata(Optional.empty(), OptionalDouble.empty(), Map.of("parameters", text));
        PictureWriter.write(new Pixels(8, 8), castle, metadata, rows -> {});
        Path file = folder.resolve("like.png");
        Run run = giga("generate", "--like", castle, "-o", file);
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEqualToNormalizingNewlines("not taken over from " + castle + ": ENSD, Tiling\n");
        assertThat(made(file).fields()).containsEntry("Size", "64x72").containsEntry("RNG", "NV");
    }

    @Test
    void anEnlargedPictureIsRedrawnFromTheSmallOne() throws IOException {
        Path small = drawn("small.png", "moss", "--seed", 3);
        Path large = folder.resolve("large.png");
        Run run = generate("moss", "-o", large, "--seed", 3, "--hires", 1.5, "--hires-denoise", 0.3);
        assertThat(run.out()).startsWith("large.png 144x96: 1 picture in ");
        try (PictureFile picture = PictureFile.open(large)) {
            assertThat(picture.info().width()).isEqualTo(144);
            Pixels shrunk = Resample.resize(picture.read(), 96, 64, Filter.LANCZOS);
            assertThat(difference(shrunk.rgb(), pixels(small))).isLessThan(20);
        }
        assertThat(made(large).fields())
                .containsEntry("Size", "96x64")
                .containsEntry("Denoising strength", "0.3")
                .containsEntry("Hires upscale", "1.5");
        Path again = folder.resolve("again.png");
        assertThat(giga("generate", "--like", large, "-o", again).code()).isZero();
        assertThat(again).hasSameBinaryContentAs(large);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("home", "small.png", "large.png", "again.png");
        }
    }

    private static double difference(byte[] a, byte[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
        return sum / a.length;
    }

    @Test
    void stylesAreAddedToBothPrompts() throws IOException {
        Files.writeString(home.resolve("styles.csv"), "name,prompt,negative_prompt\nOil,\"oil of {prompt}\",flat\n");
        Infotext made = made(drawn("styled.png", "moss", "--style", "oil"));
        assertThat(made.prompt()).isEqualTo("oil of moss");
        assertThat(made.negative()).isEqualTo("flat");
    }

    @Test
    void sizesNeedOnlyBeMultiplesOf8() {
        Path file = folder.resolve("odd.png");
        Run run = giga("generate", "moss", "-o", file, "--width", 72, "--height", 104, "--steps", 1);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(pixels(file)).hasSize(3 * 72 * 104);
    }

    @ParameterizedTest
    @CsvSource({
        "TINY_SD1, auto, 512",
        "TINY_SD2, eps, 512",
        "TINY_SD2, auto, 768",
        "TINY_SD2, v, 768",
        "TINY_SDXL, auto, 1024"
    })
    void everyFamilyHasItsSize(FormulaCheckpoint kind, String prediction, int side) {
        Path model = kind.write(folder.resolve("tiny.safetensors"));
        assertThat(Generator.nativeSide(new Diffusion.Model(model.toString(), "", "", prediction, "f32", "cpu")))
                .isEqualTo(side);
    }

    @ParameterizedTest
    @EnumSource(names = {"TINY_SD1", "TINY_SD2", "TINY_SDXL"})
    void everyFamilyDraws(FormulaCheckpoint kind) {
        Path model = kind.write(folder.resolve("tiny.safetensors"));
        Path file = drawn("family.png", "moss", "--model", model, "--seed", 1, "--cfg", 3);
        assertThat(made(file).fields())
                .containsEntry("Model", "tiny")
                .hasEntrySatisfying("Model hash", hash -> assertThat(hash).matches("[0-9a-f]{10}"));
    }

    @Test
    void nothingIsReplacedUnforced() {
        Path file = drawn("a.png", "moss", "--seed", 1);
        Run refused = generate("stone", "-o", file);
        assertThat(refused.code()).isOne();
        assertThat(refused.err())
                .contains("exists; give another -o, or --force to replace it")
                .hasLineCount(1);
        assertThat(generate("stone", "-o", file, "--force").code()).isZero();
        assertThat(made(file).prompt()).isEqualTo("stone");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --width   | 100     | 2 | width 100: give a multiple of 8 from 64 to 4096
            --height  | 100000  | 2 | height 100000: give a multiple of 8 from 64 to 4096
            --count   | 0       | 2 | count 0: give 1 to 1000
            --emphasis | loud   | 2 | give Original, No norm, Ignore, None
            --sampler | Euller  | 2 | did you mean Euler
            --seed    | -5      | 2 | seed -5: A1111's noise has seeds from 0 on
            --style   | oil     | 1 | styles.csv is missing
            --model   | nothing | 1 | there is no model 'nothing'
            --like    | none.png| 1 | none.png: there is no such file
            --hires-denoise | 0.3 | 2 | --hires-denoise is of no use without --hires
            --hires   | 0.5     | 2 | scale 0.5: give 1
            --hires   | 1000    | 2 | scale 1000.0: give 1
            --steps   | 0       | 2 | steps 0: give 1 to 1000
            """)
    void wrongOptionsEndInASentence(String option, String value, int code, String fragment) throws IOException {
        Run run = giga(
                "generate", "moss", "-o", folder.resolve("a.png"), "--noise", "a1111", "--home", home, option, value);
        assertThat(run.err()).contains(fragment).hasLineCount(1);
        assertThat(run.code()).isEqualTo(code);
        assertThat(folder.resolve("a.png")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.gif      | Use .png, .tif, .jpg, .dzi or .zarr
            none/a.png | there is no folder
            """)
    void wrongPlacesAreRefusedBeforeTheModelIsLoaded(String name, String fragment) {
        Run run = generate("moss", "-o", folder.resolve(name));
        assertThat(run.code()).isOne();
        assertThat(run.err()).contains(fragment).hasLineCount(1);
    }

    @Test
    void whatNoMachineHasMemoryForIsRefused() {
        Diffusion.Model model = new Diffusion.Model(
                Models.library(Optional.of(home)).find("giga-mini").toString(), "", "", "auto", "f32", "cpu");
        Diffusion diffusion = new Diffusion(
                model,
                new Diffusion.Prompts("", "", 1, "Original"),
                new Diffusion.Sampling("Euler", "Karras", 1, 1, 1, Diffusion.Tuning.NONE),
                new Diffusion.Noise(Diffusion.Noise.Kind.POSITION, 1, 0, 0),
                List.of());
        try (Generator generator = Generator.open(diffusion)) {
            generator.checkMemory(512, 512);
            assertThatThrownBy(() -> generator.checkMemory(1 << 20, 1 << 20))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("GB of memory or more");
        }
    }

    @Test
    void aPromptIsAskedFor() {
        Run run = giga("generate", "-o", folder.resolve("a.png"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("say what the picture shows, or give a picture as --like");
    }

    @Test
    void aStopKeepsThePicturesThatAreDone() throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        Path first = folder.resolve("a-1.png");
        Process process = Run.start(
                errors, "generate", "moss", "-o", folder.resolve("a.png"), SMALL, "--seed", 1, "--count", 1000);
        try {
            while (process.isAlive() && !Files.exists(first)) Thread.sleep(5);
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(errors).content().contains("Stopped with ", " of 1000 pictures drawn.");
        assertThat(pixels(first)).hasSize(3 * 96 * 64);
    }
}
