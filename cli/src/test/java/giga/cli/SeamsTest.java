package giga.cli;

import static giga.cli.Run.QUICK;
import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** `giga redraw` with every layout and kind of seams, with the embedded model. */
class SeamsTest {
    @TempDir
    static Path folder;

    private static Path picture;

    @BeforeAll
    static void picture() {
        picture = TestPictures.write(folder.resolve("picture.png"), 200, 136);
    }

    @ParameterizedTest
    @CsvSource({
        "even, band,         true,  even,      odd",
        "giga, half,         true,  even,      odd",
        "usdu, half+corners, true,  linear,    row seams",
        "even, half+corners, false, row seams, column seams",
        "giga, band,         false, row seams, column seams"
    })
    void everyKindRunsAsPlanned(String layout, String seams, boolean redraw, String first, String second)
            throws IOException {
        Path result = folder.resolve(layout + "-" + seams + "-" + redraw + ".png");
        List<Object> options = List.of(
                QUICK,
                "--scale",
                1,
                "--layout",
                layout,
                "--seams",
                seams,
                "--redraw",
                redraw ? "on" : "off",
                "--seed",
                7);
        JsonNode plan = json(giga("plan", picture, "--quick", "--json", words(options)));
        JsonNode phases = plan.at("/passes/0/phases");
        assertThat(phases.get(0).get("name").asString()).isEqualTo(first);
        assertThat(phases.get(1).get("name").asString()).isEqualTo(second);

        Run run = giga("redraw", picture, "-o", result, words(options), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode done = new JsonMapper().readTree(run.out().lines().toList().getLast());
        assertThat(done.at("/stats/tiles_drawn").asInt())
                .isEqualTo(plan.at("/estimate/tiles").asInt());
        JsonNode figures = json(giga("inspect", result + ".job", "--json"));
        assertThat(figures.get("seam_segments").asInt()).isPositive();
    }

    @Test
    void bandsAloneChangeNothingButTheBands() throws IOException {
        Path result = folder.resolve("bands.png");
        Run run = giga(
                "redraw",
                picture,
                "-o",
                result,
                "--steps",
                2,
                "--tile",
                64,
                "--scale",
                1,
                "--layout",
                "giga",
                "--padding",
                0,
                "--redraw",
                "off",
                "--seams",
                "band",
                "--seams-width",
                16,
                "--seams-blur",
                4,
                "--seams-denoise",
                0.5);
        assertThat(run.code()).as(run.err()).isZero();
        BufferedImage before = ImageIO.read(picture.toFile());
        BufferedImage after = ImageIO.read(result.toFile());
        int changed = 0;
        for (int y = 0; y < before.getHeight(); y++) {
            for (int x = 0; x < before.getWidth(); x++) {
                boolean same = before.getRGB(x, y) == after.getRGB(x, y);
                if (!inBand(x) && !inBand(y)) assertThat(same).as(x + ", " + y).isTrue();
                else if (!same) changed++;
            }
        }
        assertThat(changed).isPositive();
    }

    /** Two passes, then the seams alone, then all of it once more in larger tiles. */
    @Test
    void thePostersVariationsFollowEachOther() throws IOException {
        Path two = folder.resolve("two.png");
        Path seamless = folder.resolve("seamless.png");
        Path larger = folder.resolve("larger.png");
        List<Object> quick = List.of("--steps", 2, "--padding", 32, "--seed", 7);
        run("redraw", picture, "-o", two, words(quick), "--tile", 64, "--passes", 2, "--scale", 1.25);
        run(
                "redraw",
                two,
                "-o",
                seamless,
                words(quick),
                "--tile",
                64,
                "--scale",
                1,
                "--redraw",
                "off",
                "--seams",
                "half+corners");
        run("redraw", seamless, "-o", larger, words(quick), "--tile", 128, "--scale", 1);
        assertThat(ImageIO.read(larger.toFile()).getWidth()).isEqualTo(313); // 200, 250, 312.5
        assertThat(ImageIO.read(larger.toFile()).getHeight()).isEqualTo(213); // 136, 170, 212.5
        assertThat(Files.readAllBytes(seamless)).isNotEqualTo(Files.readAllBytes(two));
        assertThat(giga("inspect", larger).out()).contains("coverage 100.0000 %");
        assertThat(giga("inspect", seamless).out())
                .as("only seams were drawn")
                .contains("coverage 58.6539 %")
                .contains("segments");
    }

    private static void run(Object... arguments) {
        Run run = giga(arguments);
        assertThat(run.code()).as(run.err()).isZero();
    }

    /** Borders at 64, 128 and 192, 8 pixels to either side and 4 in which the band fades out. */
    private static boolean inBand(int position) {
        int border = Math.round(position / 64f) * 64;
        return border > 0 && position >= border - 12 && position < border + 12;
    }

    private static List<String> words(List<Object> options) {
        return options.stream()
                .flatMap(option -> option instanceof List<?> list ? list.stream() : Stream.of(option))
                .map(Object::toString)
                .toList();
    }

    private static JsonNode json(Run run) {
        assertThat(run.code()).as(run.err()).isZero();
        return new JsonMapper().readTree(run.out());
    }
}
