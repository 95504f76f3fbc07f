package giga.cli;

import static giga.cli.Run.QUICK;
import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.weights.FormulaCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong ends in one sentence that says what to do, and leaves nothing behind. */
class BadInputTest {
    @TempDir
    static Path folder;

    private static Path picture;

    @BeforeAll
    static void makePictures() throws IOException {
        picture = TestPictures.write(folder.resolve("good.png"), 96, 64);
        Files.createFile(folder.resolve("empty.png"));
        TestPictures.half(picture, folder.resolve("cut.png"));
        TestPictures.half(TestPictures.write(folder.resolve("good.jpg"), 96, 64), folder.resolve("cut.jpg"));
        TestPictures.claiming(folder.resolve("huge.png"), 1_000_000_000, 1_000_000_000);
        TestPictures.claiming(folder.resolve("large.png"), 60_000, 60_000);
        TestPictures.write(folder.resolve("picture.gif"), 64, 64);
        Files.writeString(folder.resolve("page.png"), "<!DOCTYPE html><html>Not found</html>");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("out"));
        }
    }

    private static Path out() {
        return folder.resolve("out.png");
    }

    /** One line that begins with the command's name, no stack trace. */
    private static void assertSentence(Run run, int code, String... fragments) {
        assertThat(run.err()).contains(fragments);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("giga")
                .doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing.png | there is no such file. Check the path
            empty.png   | the file is empty
            cut.png     | damaged or cut off (it ends too early)
            cut.jpg     | damaged or cut off
            huge.png    | more than 300000 a side
            large.png   | use a larger tile or fewer passes
            picture.gif | this is a GIF file, a format that is not read here
            page.png    | this is a web page (HTML)
            .           | this is a folder
            """)
    void pictures(String name, String fragment) {
        Path input = folder.resolve(name).normalize();
        assertSentence(giga("redraw", input, "-o", out(), QUICK), 1, input.toString(), fragment);
    }

    @Test
    void aWrongSuffixDoesNotMatter() throws IOException {
        Path input = Files.copy(picture, folder.resolve("a-png.jpg"));
        assertThat(giga("plan", input, "--quick").code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none/out.png     | there is no folder
            good.png/out.png | there is no folder
            out.gif          | Use .png, .tif, .jpg, .dzi or .zarr
            out              | Use .png, .tif, .jpg, .dzi or .zarr
            good.jpg         | exists; give another -o, or --force to replace it
            """)
    void outputs(String name, String fragment) {
        assertSentence(giga("redraw", picture, "-o", folder.resolve(name), QUICK), 1, name, fragment);
    }

    @Test
    void theResultMayNotReplaceThePicture() {
        assertSentence(giga("redraw", picture, "-o", picture, "--force", QUICK), 1, "Name another output");
        assertThat(picture).exists();
    }

    @Test
    void aFolderOfSomethingElseIsNoPlaceForAJob() {
        assertSentence(giga("redraw", picture, "-o", out(), "--job", folder), 1, "is not empty and holds no job");
        assertSentence(giga("redraw", picture, "-o", out(), "--job", picture.resolve("job")), 1, "Choose a folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --sampeler  | Euler       | there is no option --sampeler (did you mean --sampler?)
            --tiel      | 64          | there is no option --tiel (did you mean --tile?)
            --sampler   | Euller a    | did you mean Euler a?
            --scheduler | Karas       | did you mean Karras?
            --steps     | -1          | steps -1: give 1 to 1000
            --steps     | abc         | '--steps': 'abc' is not a whole number
            --steps     | 2.5         | '2.5' is not a whole number
            --steps     | 99999999999 | '99999999999' is out of range
            --seed      | red         | 'red' is not a whole number
            --cfg       | NaN         | cfg NaN: give 0 to 100
            --cfg       | Infinity    | cfg Infinity: give 0 to 100
            --denoise   | 2           | denoise 2.0: give 0
            --denoise   | half        | denoise 'half': give a number from 0 to 1
            --denoise   | 0.4@2048    | denoise for large pictures only
            --denoise   | 0.4,0.3@9,0.2@9 | denoise sizes 9 and 9: give larger and larger ones
            --for       | 0x5         | 0x5 pixels: give sides from 1 to 1000000
            --for       | 17x22in     | '17x22in' is no size: give pixels (8192x10240), paper
            --for       | 17x22in@0dpi | 0x0 pixels: give sides from 1
            --for       | 17x22cubits@300dpi | there is no unit 'cubits'
            --for       | 8x8         | is larger than the
            --scale     | 0.5         | scale 0.5: give 1 (redraw only) to 16
            --scale     | NaN         | scale NaN: give 1 (redraw only) to 16
            --scale     | 1e300       | scale 1.0E300: give 1 (redraw only) to 16
            --passes    | 99          | passes 99: give 1 to 16
            --tile      | 0           | tile 0: give a multiple of 8 from 64 to 8192
            --tile      | 100000      | tile 100000: give a multiple of 8 from 64 to 8192
            --padding   | 7           | padding 7: give a multiple of 8
            --blur      | 1000        | blur 1000: give 0 to
            --tone-lock | -1          | tone lock -1: give 0 (off) to 512
            --order     | chss        | 'chss' is not one of chess, linear, none
            --layout    | hexagons    | 'hexagons' is not one of even, giga, usdu
            --join      | glue        | 'glue' is not one of pixels, shifted, average
            --redraw    | no          | 'no' is not one of on, off
            --redraw    | off         | redraw off with seams none leaves nothing to draw
            --seams     | full        | 'full' is not one of none, band, half, half+corners
            --seams-denoise | 0.3     | seams-denoise 0.3 is of no use without seams: give seams band
            --batch     | 0           | batch 0: give 1 to 256
            --batch     | two         | give auto or a number
            --precision | f16         | give auto, f32, bf16 or fp16
            --precision | fp16        | give auto, bf16 or f32, or a card
            --device    | gpu         | give auto, cpu, cuda or cuda:1
            --device    | cuda        | build it for Nvidia cards with GIGA_CUDA=1
            --noise     | gaussian    | give position, a1111, a1111-gpu
            --variation | 5           | give SEED:STRENGTH, for example 42:0.2
            --variation | 5:0.2       | a variation needs A1111's noise
            --eta       | 2           | eta 2.0: give 0.0 to 1.0
            --cfg-rescale | 2         | guidance rescale of 2.0: give 0 (none) to 1 (all)
            --cfg-interval | 5        | give two sigmas, FROM:TO, for example 5.4:0.28
            --cfg-interval | 1:5      | from sigma 1.0 down to 5.0
            --prediction | x          | prediction 'x': give auto, eps or v
            --seed-resize | 512       | give WIDTHxHEIGHT, for example 512x768
            --seed-resize | 512x512   | belong to A1111's noise
            --ensd      | 31337       | belong to A1111's noise
            --clip-skip | 0           | clip skip 0: give 1
            --job       | ""          | the name is empty
            """)
    void options(String option, String value, String fragment) {
        assertSentence(giga("redraw", picture, "-o", out(), option, value), 2, fragment, "see 'giga redraw --help'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --seams-denoise | 2          | seams-denoise 2.0: give 0 to 1
            --seams-denoise | NaN        | seams-denoise NaN: give 0 to 1
            --seams-padding | -8         | seams-padding -8: give a multiple of 8
            --seams-padding | 12         | seams-padding 12: give a multiple of 8
            --seams-padding | 2000000000 | seams-padding 2000000000: give a multiple of 8
            --seams-padding | 1024       | seams-padding 1024: give a multiple of 8 from 0 to the tile's 512
            --seams-width   | 0          | seams-width 0: give a multiple of 4 from 8 to 8192
            --seams-width   | 2147483647 | seams-width 2147483647: give a multiple of 4
            --seams-blur    | -1         | seams-blur -1: give 0 to 32
            --seams-blur    | 2147483647 | seams-blur 2147483647: give 0 to 32
            """)
    void seams(String option, String value, String fragment) {
        assertSentence(giga("redraw", picture, "-o", out(), "--seams", "half", option, value), 2, fragment);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            redrew good.png        | there is no command redrew (did you mean redraw?)
            redrew a.png -o b.png  | there is no command redrew (did you mean redraw?)
            models lst             | there is no command lst (did you mean list?)
            models convert a.ckpt -o b.ckpt | give a name that ends in .safetensors, or a folder's
            --versoin              | there is no option --versoin (did you mean --version?)
            redraw                 | missing required options and parameters: --output=OUT, IN
            redraw --promt cat      | there is no option --promt (did you mean --prompt?)
            redraw a.png           | missing required option: --output=OUT
            redraw a.png b.png -o c.png      | 'b.png' is one argument too many
            redraw a.png -o b.png --steps 1 --steps 2 | --steps is given twice
            resume                 | missing required parameter: JOB
            bench --size big       | 'big' is not a whole number
            """)
    void commandLines(String line, String fragment) {
        assertSentence(giga(Arrays.asList(line.split(" "))), 2, fragment, "--help'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a <lora:x:1>        | there is no LoRA 'x'
            a <hypernet:h:1>    | <hypernet:h:1>
            (a:1.2.3)           | 1.2.3
            a AND b :9999       | from -1000 to 1000
            """)
    void promptsThatCannotBeDrawn(String prompt, String fragment) {
        assertSentence(giga("redraw", picture, "-o", out(), "--prompt", prompt), 1, fragment);
    }

    @Test
    void aPromptOfAMegabyteIsRefused() {
        String prompt = "texture, ".repeat(1 << 17);
        assertSentence(giga("redraw", picture, "-o", out(), "--prompt", prompt), 1, "at most 131072", "shorten it");
    }

    @Test
    void aPromptMayLookLikeAnOptionOrAFileOfArguments() {
        Run run = giga("plan", picture, "--quick", "--prompt", "@" + picture, "--negative", "--steps-of-a-house");
        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    void modelsThatCannotBeUsed() throws IOException {
        assertSentence(giga("redraw", picture, "-o", out(), "--lora", "nothing:0.5"), 1, "there is no LoRA 'nothing'");
        assertSentence(giga("redraw", picture, "-o", out(), "--vae", "nothing"), 1, "there is no VAE 'nothing'");
        Path good = FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny.safetensors"));
        byte[] bytes = Files.readAllBytes(good);
        refused("cut", Arrays.copyOf(bytes, bytes.length / 2), "it is cut off");
        refused("none", new byte[0], "it is empty");
        refused("page", "<!DOCTYPE html><html>Sign in".getBytes(), "it is a web page, not a model");
        refused(
                "lora",
                header("{'lora_unet_a.lora_up.weight':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}"),
                "LoRA");
        refused(
                "overlap",
                header(
                        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'b':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}"),
                "overlaps");
        refused("renamed", replaced(bytes, "middle_block.1.norm.weight", "middle_block.1.nora.weight"), "norm.weight");
        byte[] notANumber = bytes.clone();
        int firstTensor =
                8 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        notANumber[firstTensor] = 0x7F;
        notANumber[firstTensor + 1] = 0x7F;
        refused("nan", notANumber, "not finite");
        Run run = giga("redraw", picture, "-o", out(), "--model", "nothing");
        assertSentence(run, 1, "there is no model 'nothing'", "giga-mini");
    }

    private static void refused(String name, byte[] content, String fragment) throws IOException {
        Path file = Files.write(folder.resolve(name + ".safetensors"), content);
        assertSentence(giga("redraw", picture, "-o", out(), QUICK, "--model", file), 1, name, fragment);
        assertThat(folder.resolve("out.png.job")).doesNotExist();
    }

    private static byte[] header(String json) {
        byte[] text = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        byte[] file = new byte[8 + text.length + 1];
        file[0] = (byte) text.length;
        System.arraycopy(text, 0, file, 8, text.length);
        return file;
    }

    private static byte[] replaced(byte[] file, String from, String to) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void foldersThatAreNoJobs() throws IOException {
        assertSentence(giga("resume", folder), 1, "is no job");
        assertSentence(giga("inspect", picture, "--tile-map", folder.resolve("map.png")), 2, "beside it");
        assertSentence(giga("inspect", folder), 1, "is a folder but no job");
        Path job = Files.createDirectory(folder.resolve("old.job"));
        Files.writeString(job.resolve("job.json"), "{\"format\": 999}");
        assertSentence(giga("resume", job), 1, "job format 999", "this one reads format 4");
        Files.writeString(job.resolve("job.json"), "{\"form");
        assertSentence(giga("resume", job), 1, "is damaged");
    }

    @Test
    void debugShowsWhereAFailureCameFrom() {
        Run run = giga("redraw", folder.resolve("missing.png"), "-o", out(), "--debug");
        assertThat(run.code()).isOne();
        assertThat(run.err()).startsWith("giga: ").contains("PictureException", "\tat giga.canvas");
    }
}
