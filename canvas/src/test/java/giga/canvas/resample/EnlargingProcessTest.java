package giga.canvas.resample;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.PixelsInMemory;
import giga.canvas.Region;
import giga.canvas.Scratch;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Enlarges in a process of its own: one that is killed, and one with little memory. */
class EnlargingProcessTest {
    @Test
    void killedAgainAndAgainItStillEndsWithTheSameBytes() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            ZarrPicture in = ZarrPicture.create(scratch.resolve("in"), 1100, 2100);
            in.write(0, 0, PixelsInMemory.noise(1100, 2100, 9));
            ZarrPicture out = ZarrPicture.create(scratch.resolve("out"), 2200, 4200);
            while (done(out) < out.grid().count()) {
                long before = done(out);
                Process process = enlarge(scratch, "256m");
                while (process.isAlive() && done(out) < before + 8) Thread.sleep(1);
                process.destroyForcibly().waitFor();
                assertThat(done(out)).isGreaterThan(before);
            }
            Resample.resize(in, out, Filter.LANCZOS, _ -> {});
            assertThat(out.read(out.bounds()).rgb())
                    .isEqualTo(Resample.resize(in.read(in.bounds()), 2200, 4200, Filter.LANCZOS)
                            .rgb());
        }
    }

    @Test
    @Tag("slow")
    void needsLittleMemoryHoweverWideThePicture() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            ZarrPicture in = ZarrPicture.create(scratch.resolve("in"), 16384, 2048);
            for (int y = 0; y < 2048; y += 256) in.write(0, y, PixelsInMemory.noise(16384, 256, y));
            ZarrPicture out = ZarrPicture.create(scratch.resolve("out"), 32768, 4096);
            Process process = enlarge(scratch, "40m");
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            Region corner = new Region(32000, 3500, 768, 596);
            assertThat(out.read(corner).rgb())
                    .isEqualTo(Resample.resized(in, 32768, 4096, Filter.LANCZOS)
                            .read(corner)
                            .rgb());
        }
    }

    private static long done(ZarrPicture picture) {
        return picture.grid().chunks().filter(picture::hasChunk).count();
    }

    private static Process enlarge(Scratch scratch, String heap) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Enlarge.class.getName(),
                        scratch.path().toString())
                .inheritIO()
                .start();
    }

    static final class Enlarge {
        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            Resample.resize(
                    ZarrPicture.open(folder.resolve("in")),
                    ZarrPicture.open(folder.resolve("out")),
                    Filter.LANCZOS,
                    _ -> {});
        }
    }
}
