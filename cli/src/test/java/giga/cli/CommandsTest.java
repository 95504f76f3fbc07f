package giga.cli;

import static giga.cli.Run.QUICK;
import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every command once, with the embedded model, on a picture of several small tiles. */
class CommandsTest {
    @TempDir
    static Path folder;

    private static Path picture;
    private static Path result;
    private static Run redraw;

    @BeforeAll
    static void redraw() {
        picture = TestPictures.write(folder.resolve("picture.png"), 96, 64);
        result = folder.resolve("result.png");
        redraw = giga("redraw", picture, "-o", result, QUICK, "--seed", 7);
    }

    @Test
    void redrawEndsWithOneLineOfFigures() throws IOException {
        assertThat(redraw.code()).as(redraw.err()).isZero();
        assertThat(redraw.err()).isEmpty();
        assertThat(redraw.out().lines())
                .singleElement()
                .asString()
                .startsWith("result.png 192x128: 3 tiles in ")
                .endsWith("seed 7");
        assertThat(ImageIO.read(result.toFile()).getWidth()).isEqualTo(192);
        assertThat(ImageIO.read(result.toFile()).getHeight()).isEqualTo(128);
    }

    @Test
    void theSameSeedGivesTheSameBytesInAnyFormOfProgress() throws IOException {
        Path again = folder.resolve("again.png");
        Run run = giga("redraw", picture, "-o", again, QUICK, "--seed", 7, "--json");
        assertThat(again).hasSameBinaryContentAs(result);

        List<JsonNode> events = new ArrayList<>();
        run.out().lines().forEach(line -> events.add(new JsonMapper().readTree(line)));
        assertThat(events.stream().filter(e -> e.get("event").asString().equals("tile")))
                .hasSize(3)
                .allSatisfy(tile ->
                        assertThat(tile.get("compute_seconds").asDouble()).isPositive())
                .extracting(tile -> tile.get("tile").asInt())
                .containsExactlyInAnyOrderElementsOf(plannedTiles());
        assertThat(events.stream().filter(e -> e.get("event").asString().equals("started")))
                .extracting(e -> e.get("stage").asString())
                .containsExactly("decode", "enlarge", "redraw", "settle", "redraw", "settle", "export");
        JsonNode done = events.getLast();
        assertThat(done.get("event").asString()).isEqualTo("done");
        assertThat(done.at("/stats/tiles_drawn").asInt()).isEqualTo(3);
        assertThat(done.get("output").asString()).isEqualTo(again.toString());
        assertThat(done.get("width").asInt()).isEqualTo(192);
        assertThat(done.get("seed").asInt()).isEqualTo(7);
    }

    private static List<Integer> plannedTiles() {
        List<Integer> tiles = new ArrayList<>();
        for (JsonNode phase : plan().at("/passes/0/phases"))
            for (JsonNode tile : phase.get("tiles")) tiles.add(tile.get("index").asInt());
        return tiles;
    }

    private static JsonNode plan() {
        return new JsonMapper()
                .readTree(giga("plan", picture, QUICK, "--quick", "--json").out());
    }

    @Test
    void thePlanHasPassesPhasesTilesAndRectangles() {
        JsonNode pass = plan().at("/passes/0");
        assertThat(pass.get("width").asInt()).isEqualTo(192);
        assertThat(pass.get("height").asInt()).isEqualTo(128);
        assertThat(pass.get("phases")).hasSize(2);
        long covered = 0;
        for (JsonNode phase : pass.get("phases")) {
            for (JsonNode tile : phase.get("tiles")) {
                JsonNode read = tile.get("read");
                JsonNode core = tile.get("core");
                assertThat(read).hasSize(4);
                assertThat(core).hasSize(4);
                assertThat(core.get(0).asInt())
                        .isGreaterThanOrEqualTo(read.get(0).asInt());
                assertThat(core.get(0).asInt() + core.get(2).asInt())
                        .isLessThanOrEqualTo(read.get(0).asInt() + read.get(2).asInt());
                covered += core.get(2).asLong() * core.get(3).asLong();
            }
        }
        assertThat(covered).isEqualTo(192 * 128);
        assertThat(plan().at("/estimate/tiles").asInt()).isEqualTo(3);
    }

    @Test
    void thePlanForPeopleTellsTilesTimeMemoryAndDisk() {
        Run plan = giga("plan", picture, QUICK);
        assertThat(plan.code()).isZero();
        assertThat(plan.out())
                .contains("pass 1: 192x128, 3 tiles (even 2, odd 1)", "UNet calls", "TFLOP", "time: about", "memory:")
                .contains("disk:");
    }

    @Test
    void theResultTellsWhatMadeIt() {
        assertThat(giga("info", result).out())
                .contains("Steps: 2, Sampler: Euler, Schedule type: Karras, CFG scale: 1, Seed: 7, Size: 192x128")
                .contains(
                        "Denoising strength: 0.3, Noise: position, Redraw scale: 2, Redraw passes: 1, Redraw tile: 64");
    }

    @Test
    void aRedrawMayTakeOverWhatMadeAPicture() throws IOException {
        Path like = folder.resolve("like.png");
        assertThat(giga("generate", "moss", "-o", like, "--width", 64, "--height", 64, "--steps", 2, "--noise", "a1111")
                        .code())
                .isZero();
        Path made = folder.resolve("moss.png");
        Run run = giga("redraw", picture, "-o", made, QUICK, "--like", like, "--cfg", 2);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(folder.resolve("moss.png.job/recipe.toml")))
                .containsPattern("prompt = ['\"]moss['\"]")
                .contains("cfg = 2.0")
                .contains("kind = 'position'");
    }

    @Test
    void aPlanWritesNothing() {
        assertThat(Path.of("planned.png")).doesNotExist();
        assertThat(Path.of("planned.png.job")).doesNotExist();
    }

    @Test
    void inspectMeasuresTheResult() {
        Run text = giga("inspect", result);
        assertThat(text.code()).as(text.err()).isZero();
        JsonNode figures = new JsonMapper()
                .readTree(giga("inspect", result + ".job", "--json").out());
        assertThat(figures.get("coverage").asDouble()).isEqualTo(1);
        assertThat(figures.get("psnr_db").asDouble()).isGreaterThan(20);
        assertThat(figures.get("seam_mean").asDouble()).isBetween(0.5, 1.5);
    }

    @Test
    void inspectDrawsMapsAndAReport() throws IOException {
        Path report = folder.resolve("report.html");
        Path heat = folder.resolve("heat.png");
        Path tiles = folder.resolve("tiles.jpg");
        Run run =
                giga("inspect", result, "--html", report, "--heatmap", heat, "--tile-map", tiles, "--against", result);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("tone drift ", "texture ", "against result.png: PSNR 100.00 dB, SSIM 1.0000");
        assertThat(Files.readString(report)).startsWith("<!doctype html>").endsWith("</html>\n");
        assertThat(ImageIO.read(heat.toFile()).getWidth()).isEqualTo(4 * 192);
        assertThat(ImageIO.read(tiles.toFile()).getWidth()).isEqualTo(4 * 192);
    }

    @Test
    void inspectMeasuresAnyPicture() {
        Run alone = giga("inspect", picture, "--json");
        assertThat(alone.code()).as(alone.err()).isZero();
        JsonNode figures = new JsonMapper().readTree(alone.out());
        assertThat(figures.get("width").asInt()).isEqualTo(96);
        assertThat(figures.get("jpeg_ratio").asDouble()).isPositive();
    }

    @Test
    void inspectRefusesWhatItCannotMeasure() {
        assertThat(giga("inspect", picture, "--heatmap", folder.resolve("none.png"))
                        .code())
                .isEqualTo(2);
        Run sizes = giga("inspect", result, "--against", picture);
        assertThat(sizes.code()).isEqualTo(1);
        assertThat(sizes.err()).contains("192x128 and 96x64 pixels: only pictures of one size");
        assertThat(giga("inspect", folder).err()).contains("is a folder but no job");
        assertThat(giga("inspect", result, "--html", folder.resolve("no/report.html"))
                        .err())
                .contains("there is no folder");
        assertThat(folder.resolve("none.png")).doesNotExist();
    }

    @Test
    void aFinishedJobResumedWritesTheSameBytesAgain() throws IOException {
        byte[] before = Files.readAllBytes(result);
        Run resumed = giga("resume", result + ".job");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains(" 0 tiles in ");
        assertThat(result).hasBinaryContent(before);
    }

    @Test
    void modelsAreListedAndExplained() {
        assertThat(giga("models", "list").out()).contains("giga-mini", "Stable Diffusion 1");
        assertThat(giga("models", "info", "giga-mini").out()).contains("prediction", "parameters", "supported");
    }

    @Test
    void everyKindOfModelInAHomeIsListed() throws IOException {
        Path home = folder.resolve("home");
        for (String file : List.of("Lora/detail.safetensors", "VAE/mse.vae.pt", "ESRGAN/4x.pth")) {
            Files.createDirectories(home.resolve("models").resolve(file).getParent());
            Files.write(home.resolve("models").resolve(file), new byte[2_000_000]);
        }
        Run list = giga("models", "list", "--home", home);
        assertThat(list.code()).as(list.err()).isZero();
        assertThat(list.out().lines().map(line -> line.replaceAll(" +", " ")))
                .anyMatch(line -> line.startsWith("giga-mini Stable Diffusion 1"))
                .anyMatch(line -> line.startsWith("detail LoRA 2 MB " + home))
                .anyMatch(line -> line.startsWith("mse.vae VAE 2 MB "))
                .anyMatch(line -> line.startsWith("4x upscaler 2 MB "));
        assertThat(giga("models", "list", "--home", home.resolve("none")).err())
                .contains("none: there is no such folder");
        assertThat(giga("models", "info", "nothing", "--home", home).err()).contains("there is no model 'nothing'");
    }

    @Test
    void benchTellsSeconds() {
        Run bench = giga("bench", "--size", 64, "--rounds", 1);
        assertThat(bench.code()).as(bench.err()).isZero();
        assertThat(bench.out()).matches("(?s)64 px, .*encode .* s, UNet batch 2 .* s .*decode .* s, peak memory.*");
    }

    @Test
    void pictures1PixelWideAreRedrawn() {
        for (int[] size : new int[][] {{1, 1}, {1, 100}}) {
            Path narrow = TestPictures.write(folder.resolve("narrow.png"), size[0], size[1]);
            Run run = giga("redraw", narrow, "-o", folder.resolve("wider.png"), QUICK, "--force");
            assertThat(run.code()).as(run.err()).isZero();
        }
    }
}
