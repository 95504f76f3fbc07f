package giga.cli;

import static giga.cli.Run.QUICK;
import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is stopped, or killed, in a process of its own goes on to the bytes of one that was not. */
class StoppedTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnToTheSameBytes(boolean killed) throws IOException, InterruptedException {
        Path picture = TestPictures.write(folder.resolve("picture.png"), 96, 64);
        Path whole = folder.resolve("whole.png");
        assertThat(giga("redraw", picture, "-o", whole, QUICK, "--seed", 3).code())
                .isZero();

        Path result = folder.resolve("a result.png");
        Path job = folder.resolve("a result.png.job");
        Path errors = folder.resolve("errors.txt");
        Process process = Run.start(errors, "redraw", picture, "-o", result, QUICK, "--seed", 3);
        try {
            awaitFirstTile(job, process);
            Run second = giga("resume", job);
            if (process.isAlive()) {
                assertThat(second.code()).isOne();
                assertThat(second.err()).contains("is in use by process " + process.pid());
            }
        } finally {
            if (killed) process.destroyForcibly();
            else process.destroy();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        if (!killed && !Files.exists(result))
            assertThat(errors).content().contains("Stopped with ", "Go on with: giga resume \"" + job + "\"");

        assertThat(giga("resume", job).code()).isZero();
        assertThat(result).hasSameBinaryContentAs(whole);
    }

    private static void awaitFirstTile(Path job, Process process) throws IOException, InterruptedException {
        while (process.isAlive() && tiles(job) == 0) Thread.sleep(5);
    }

    private static long tiles(Path job) throws IOException {
        Path ledger = job.resolve("ledger").resolve("0-0");
        if (!Files.isDirectory(ledger)) return 0;
        try (Stream<Path> entries = Files.list(ledger)) {
            return entries.count();
        }
    }

    @Test
    void aModelThatDoesNotLoadLeavesAnOlderJobAlone() throws IOException {
        Path picture = TestPictures.write(folder.resolve("picture.png"), 96, 64);
        Path result = folder.resolve("result.png");
        assertThat(giga("redraw", picture, "-o", result, QUICK).code()).isZero();
        Path bad = Files.writeString(folder.resolve("bad.safetensors"), "<html>");
        Run run = giga("redraw", picture, "-o", folder.resolve("b.png"), "--job", result + ".job", "--model", bad);
        assertThat(run.code()).isOne();
        assertThat(run.err()).contains("holds another job");
        assertThat(giga("resume", result + ".job").code()).isZero();
    }
}
