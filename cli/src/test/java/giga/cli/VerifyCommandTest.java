package giga.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyCommandTest {
    @TempDir
    Path folder;

    @Test
    void damageIsToldAndMended() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 48, 40);
        Path result = folder.resolve("out.png");
        assertThat(Run.giga("redraw", picture, "-o", result, Run.QUICK).code()).isZero();
        byte[] bytes = Files.readAllBytes(result);
        Path job = folder.resolve("out.png.job");
        Run sound = Run.giga("verify", result);
        assertThat(sound.out()).isEqualTo(job + " is sound: finished; 1 chunk and 0 tiles checked\n");
        assertThat(sound.code()).isZero();

        Path chunk = job.resolve("canvas/0-1/c/0/0/0");
        Files.write(chunk, new byte[10]);
        Files.delete(result);
        Run damaged = Run.giga("verify", job);
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.out())
                .contains("chunk 0,0 at 0,0 (96x80): " + chunk + " has 10 bytes")
                .contains("giga resume " + job);
        JsonNode json = JsonMapper.shared()
                .readTree(
                        Run.giga("verify", job, "--json").out().lines().toList().getLast());
        assertThat(json.path("sound").asBoolean(true)).isFalse();
        assertThat(json.path("damages").size()).isEqualTo(2);
        assertThat(json.path("damages").path(0).path("place").toString()).isEqualTo("[0,0,96,80]");

        assertThat(Run.giga("resume", job).code()).isZero();
        assertThat(Run.giga("verify", job).code()).isZero();
        assertThat(result).hasBinaryContent(bytes);
    }

    @Test
    void whatIsKeptIsCheckedToo() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 48, 40);
        Path result = folder.resolve("out.png");
        assertThat(Run.giga("redraw", picture, "-o", result, "--keep", Run.QUICK)
                        .code())
                .isZero();
        Path job = folder.resolve("out.png.job");
        assertThat(job.resolve("canvas").toFile().list()).contains("source", "0-0", "0-1");
        Files.write(job.resolve("canvas/0-0/c/0/0/0"), new byte[10]);
        Run damaged = Run.giga("verify", job);
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.out()).contains("canvas 0-0, chunk 0,0");
        // Without --keep what is spent goes, damaged or not.
        assertThat(Run.giga("resume", job).code()).isZero();
        assertThat(job.resolve("canvas").toFile().list()).hasSize(2);
        assertThat(Run.giga("verify", job).code()).isZero();
    }

    @Test
    void whatIsNoJobIsToldSo() {
        Run run = Run.giga("verify", folder);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is no job, and there is none beside it");
    }
}
