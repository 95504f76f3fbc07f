package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.weights.FormulaCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a wish to files, by {@code giga run}. */
class RunCommandTest {
    @TempDir
    Path folder;

    /** A sixteenth of its 1024x1408, with the embedded model. */
    @Test
    void thePosterAtASixteenthOfItsSize() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 64, 88);
        Path poster = folder.resolve("poster.png");
        Run run = giga(
                "run",
                "poster",
                "--input",
                picture,
                "-o",
                poster,
                "--set",
                "tile=64",
                "--set",
                "padding=8",
                "--set",
                "steps=1",
                "--set",
                "seed=5");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("poster.png 512x704: 115 tiles").contains("seed 5");
        assertThat(giga("info", poster).out()).contains("Redraw passes: 3", "Sampler: DPM++ SDE", "gigapixel closeup");

        Path again = folder.resolve("again.png");
        Run repeated = giga("run", folder.resolve("poster.png.job"), "-o", again);
        assertThat(repeated.code()).as(repeated.err()).isZero();
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(poster));
    }

    @Test
    void aPassMayHaveAnotherModelPromptAndTileAndTheResultGoesIntoPieces() throws IOException {
        FormulaCheckpoint.TINY_SD1.write(folder.resolve("other.safetensors"));
        TestPictures.write(folder.resolve("in.png"), 48, 32);
        Path recipe = Files.writeString(folder.resolve("mine.toml"), """
                input = "in.png"
                output = "out.tif"
                [redraw]
                for = "220x140"
                tile = 64
                padding = 64
                steps = 2
                seed = 3
                [[pass]]
                model = "./other.safetensors"
                prompt = "waves"
                [[pass]]
                denoise = 0.2
                tile = 128
                [split]
                pieces = "2x1@"
                """);
        Run check = giga("recipe", "check", recipe);
        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out()).contains("48x32 -> 210x140", "can be run");
        Run run = giga("run", recipe);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("out.tif 210x140");
        assertThat(giga("info", folder.resolve("out-1.tif")).out()).contains("105x140");
        // The canvas that was drawn is measured, not what became of it.
        assertThat(giga("inspect", folder.resolve("out.tif")).out()).contains("coverage 100.0000 % of 24576 pixels");
        String made = giga("info", folder.resolve("out.tif")).out();
        assertThat(made).contains("Redraw denoise: 0.4/0.2", "Model: giga-mini");
        String decided = giga("recipe", "show", folder.resolve("out.tif.job")).out();
        assertThat(decided).contains("[[passes]]", "other.safetensors", "prompt = 'waves'");

        // A run that another command interrupted goes on in the same way: there is nothing more to do.
        assertThat(giga("run", recipe).err()).contains("out.tif exists");
        assertThat(giga("resume", folder.resolve("out.tif.job")).code()).isZero();
    }

    @Test
    void aBaseIsMadeOnceAndThenTakenAgain() throws IOException {
        Path recipe = Files.writeString(folder.resolve("grown.toml"), """
                output = "grown.png"
                [generate]
                prompt = "a lake"
                width = 64
                height = 64
                steps = 2
                seed = 4
                [redraw]
                steps = 2
                seed = 4
                tile = 64
                """);
        assertThat(giga("plan", "--recipe", recipe, "--quick").out()).contains("pass 1: 128x128");
        Run run = giga("run", recipe);
        assertThat(run.code()).as(run.err()).isZero();
        byte[] first = Files.readAllBytes(folder.resolve("grown.png"));
        Run other = giga("run", recipe, "-o", folder.resolve("grown.tif"));
        assertThat(other.code()).as(other.err()).isZero();
        assertThat(giga("run", recipe, "--set", "generate.seed=5", "-o", folder.resolve("grown.jpg"))
                        .err())
                .contains("grown-base.png exists, and was made otherwise");
        assertThat(giga("run", recipe, "--force").code()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("grown.png"))).isEqualTo(first);
    }

    @Test
    void withoutARedrawThePictureItselfIsCut() throws IOException {
        TestPictures.write(folder.resolve("in.png"), 40, 30);
        Path recipe = Files.writeString(
                folder.resolve("cut.toml"), "input = \"in.png\"\noutput = \"out.png\"\n[split]\npieces = \"20x30\"\n");
        Run run = giga("run", recipe);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("out.png 40x30 and 2 other files");
        assertThat(giga("info", folder.resolve("out-1.png")).out()).contains("20x30");
    }

    /** Everything after the last pass in one recipe, and once more from the job. */
    @Test
    void aPictureIsFinishedCutAndPrinted() throws IOException {
        TestPictures.write(folder.resolve("in.png"), 64, 48);
        Path recipe = Files.writeString(folder.resolve("mine.toml"), """
                input = "in.png"
                output = "out.png"
                [redraw]
                tile = 64
                steps = 1
                seed = 3
                [finish]
                sharpen = 1
                grain = 4
                texture = "./in.png"
                [split]
                pieces = "50%x50%"
                [print]
                output = "out.pdf"
                paper = "2x1in"
                dpi = 60
                bleed = "3mm"
                marks = true
                """);
        Run run = giga("run", recipe);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(giga("info", folder.resolve("out-3.png")).out()).contains("64x48");
        assertThat(Files.readAllBytes(folder.resolve("out.pdf"))).startsWith("%PDF-".getBytes());
        assertThat(Files.readString(folder.resolve("out.png.job/run.log")))
                .contains(
                        "finished: sharpened by 1.0 (guarded, radius 1.0 px), grain of 4.0 levels",
                        "cut into 4 pieces: out-0.png to out-3.png",
                        "printed: out.pdf, ");

        Files.delete(folder.resolve("out-2.png"));
        assertThat(giga("verify", folder.resolve("out.png")).out()).contains("out-2.png", "is missing");
        assertThat(giga("resume", folder.resolve("out.png.job")).code()).isZero();
        assertThat(folder.resolve("out-2.png")).exists();

        Run again = giga("run", folder.resolve("out.png.job"), "-o", folder.resolve("two.png"));
        assertThat(again.code()).as(again.err()).isZero();
        for (String file : List.of(".png", "-0.png", "-3.png", ".pdf"))
            assertThat(Files.readAllBytes(folder.resolve("two" + file)))
                    .as(file)
                    .isEqualTo(Files.readAllBytes(folder.resolve("out" + file)));
        assertThat(giga("run", recipe, "-o", folder.resolve("three.png")).err()).contains("out.pdf exists");
        assertThat(folder.resolve("three.png.job")).doesNotExist();
        assertThat(giga("run", recipe, "--set", "finish.texture=none.png", "--force")
                        .err())
                .contains("none.png: there is no such file");
        assertThat(giga("run", recipe, "--set", "print.paper=0x1in", "--force").err())
                .contains("print.paper: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            denois = 0.3              | line 4: there is no setting 'denois' in [redraw] (did you mean denoise?)
            denoise = "half"          | line 4: redraw.denoise: denoise 'half': give a number from 0 to 1
            tile = 7.5                | line 4: redraw.tile: '7.5' is not a whole number
            tile = [64, 128]          | line 4: redraw.tile: give one value, not a list
            tile = 1000000            | line 4: redraw.tile: tile 1000000: give a multiple of 8
            padding = 7               | line 4: redraw.padding: padding 7: give a multiple of 8
            order = "chss"            | line 4: redraw.order: 'chss' is not one of chess, linear, none
            sampler = "Eulr"          | Eulr
            model = "./nothing.ckpt"  | nothing.ckpt
            for = "8x8"               | is larger than the
            for = "0x0in@300dpi"      | line 4: redraw.for: Paper '0x0in'
            lora = "nothing"          | there is no LoRA 'nothing'
            """)
    void mistakesAreToldWithTheirLine(String setting, String message) throws IOException {
        TestPictures.write(folder.resolve("in.png"), 40, 30);
        Path recipe = Files.writeString(
                folder.resolve("mine.toml"), "input = \"in.png\"\noutput = \"out.png\"\n[redraw]\n" + setting + "\n");
        Run run = giga("run", recipe);
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).startsWith("giga: ").contains(message).hasLineCount(1);
        if (message.startsWith("line")) assertThat(run.err()).contains("mine.toml, " + message);
        assertThat(folder.resolve("out.png.job")).doesNotExist();
    }

    @Test
    void whatIsMissingOrTooMuchIsSaid() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 40, 30);
        Path out = folder.resolve("out.png");
        assertThat(giga("run", "poster", "-o", out).err()).contains("say which picture: --input IN");
        assertThat(giga("run", "poster", "--input", picture).err()).contains("say where the result goes: -o OUT");
        assertThat(giga("run", "poster", "--input", folder.resolve("none.png"), "-o", out)
                        .err())
                .contains("none.png: there is no such file");
        assertThat(giga("run", "poster", "--input", picture, "-o", out, "--set", "denois=1")
                        .err())
                .contains("--set: there is no setting 'denois' in [redraw] (did you mean denoise?)");
        assertThat(giga("run", "postr", "--input", picture, "-o", out).err()).contains("did you mean poster?");
        assertThat(giga("run", "poster", "--input", picture, "-o", out, "--set", "nothing")
                        .code())
                .isEqualTo(2);
        Path many = Files.writeString(folder.resolve("many.toml"), "[redraw]\n[[pass]]\n[[pass]]\n");
        assertThat(giga("run", many, "--input", picture, "-o", out).err())
                .contains("many.toml, line 3: this would be pass 2, and the redraw has 1 pass");
        Path own = Files.writeString(folder.resolve("own.toml"), "[redraw]\n[[pass]]\nseed = 3\n");
        assertThat(giga("run", own, "--input", picture, "-o", out).err())
                .contains("own.toml, line 3: seed is the same for all passes");
        Path broken = Files.writeString(folder.resolve("broken.safetensors"), "");
        Path late = Files.writeString(
                folder.resolve("late.toml"), "[redraw]\npasses = 2\n[[pass]]\n[[pass]]\nmodel = \"" + broken + "\"\n");
        assertThat(giga("run", late, "--input", picture, "-o", out).err()).contains("broken.safetensors: it is empty");
        Path empty = Files.writeString(folder.resolve("empty.toml"), "");
        assertThat(giga("run", empty, "--input", picture, "-o", out).err()).contains("has no steps");
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("out.png.job")).doesNotExist();
    }

    /**
     * The figures of the seed, and those that follow from its settings: a tile takes 38 calls at denoise 0.45, 34 at 0.4 and 30
     * at 0.35.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            poster     | 1024 | 1408 | 225 | 7650  | pass 3: 8192x11264, 165 tiles (even 83, odd 82)
            sheet      | 512  | 640  | 212 | 6440  | pass 4: 8192x10240, 154 tiles
            classic    | 1024 | 1408 | 1325 | 46734 | pass 3: 8192x11264
            painting   | 1024 | 1280 | 3124 | 93768 | pass 5: 32768x40960
            wall       | 1024 | 1280 | 802 | 24108 | pass 4: 16384x20480
            quick      | 1024 | 1408 | 60 | 652 | pass 2: 4096x5632
            """)
    void plansOfThePresets(String preset, int width, int height, int tiles, long calls, String last)
            throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), width, height);
        String plan = giga("plan", "--recipe", preset, picture, "--quick").out();
        assertThat(plan).contains(last, "all: %d tiles, %d UNet calls".formatted(tiles, calls));
    }

    @Test
    void recipesAreShownBegunAndChecked() throws IOException {
        assertThat(giga("recipe").out()).contains("poster ", "build-from-noise ");
        Path mine = folder.resolve("mine.toml");
        assertThat(giga("recipe", "new", mine, "--from", "classic").code()).isZero();
        assertThat(giga("recipe", "show", mine).out())
                .isEqualTo(giga("recipe", "show", "classic").out());
        assertThat(giga("recipe", "new", mine).err()).contains("mine.toml exists");
        for (String preset : List.of("sheet", "poster", "classic", "painting", "wall", "build-from-noise", "quick"))
            assertThat(giga("recipe", "check", preset).code()).as(preset).isZero();
    }
}
