package giga.cli;

import static giga.cli.Run.QUICK;
import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** `giga redraw --join`, with the embedded model. */
class JoinTest {
    @TempDir
    static Path folder;

    private static Path picture;

    @BeforeAll
    static void picture() {
        picture = TestPictures.write(folder.resolve("picture.png"), 100, 64);
    }

    @Test
    void windowsGoThroughTheSamplerTogether() throws Exception {
        Map<String, byte[]> results = new HashMap<>();
        for (String join : new String[] {"pixels", "shifted", "average"}) {
            Path result = folder.resolve(join + ".png");
            Run run = giga(
                    "redraw",
                    picture,
                    "-o",
                    result,
                    QUICK,
                    "--seed",
                    7,
                    "--join",
                    join,
                    "--sampler",
                    "DPM++ 2M",
                    "--cfg",
                    2);
            assertThat(run.code()).as(run.err()).isZero();
            results.put(join, Files.readAllBytes(result));
        }
        assertThat(results.get("shifted")).isNotEqualTo(results.get("average")).isNotEqualTo(results.get("pixels"));
        Path again = folder.resolve("again.png");
        giga(
                "redraw",
                picture,
                "-o",
                again,
                QUICK,
                "--seed",
                7,
                "--join",
                "shifted",
                "--sampler",
                "DPM++ 2M",
                "--cfg",
                2);
        assertThat(Files.readAllBytes(again)).isEqualTo(results.get("shifted"));
    }

    @Test
    void thePlanCountsWindows() {
        int tiles = unetCalls("pixels");
        int windows = unetCalls("shifted");
        assertThat(windows).isPositive().isNotEqualTo(tiles);
    }

    @Test
    void whatCannotBeJoinedIsRefusedAtOnce() {
        Path result = folder.resolve("refused.png");
        for (String[] wish : new String[][] {
            {"--noise", "a1111", "noise"},
            {"--sampler", "DPM adaptive", "DPM adaptive"},
            {"--cfg-rescale", "0.5", "rescale"},
            {"--seams=half", "--redraw=off", "nothing to join"}
        }) {
            Run run = giga("redraw", picture, "-o", result, QUICK, "--join", "shifted", wish[0], wish[1]);
            assertThat(run.code()).as(run.err()).isNotZero();
            assertThat(run.err()).contains(wish[2]);
            assertThat(result).doesNotExist();
        }
    }

    private static int unetCalls(String join) {
        Run run = giga("plan", picture, QUICK, "--quick", "--json", "--join", join);
        return new JsonMapper().readTree(run.out()).at("/estimate/unetCalls").asInt();
    }
}
