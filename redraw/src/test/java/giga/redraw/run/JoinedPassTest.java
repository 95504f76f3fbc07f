package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.redraw.Join;
import giga.redraw.Request;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JoinedPassTest {
    @TempDir
    Path folder;

    private Redraws redraws;

    @BeforeEach
    void pictures() {
        redraws = Redraws.in(folder, 150, 101);
    }

    @ParameterizedTest
    @EnumSource(names = {"SHIFTED", "AVERAGE"})
    void batchesChangeNothingAndNothingIsLeft(Join join) throws IOException {
        byte[] expected = undisturbed(join);
        try (Job job = job("batches", join, 5)) {
            Redraws.run(job, new LocalRedrawer());
            assertThat(Files.exists(job.directory().resolve("latents/0"))).isFalse();
        }
        assertThat(redraws.result("batches")).isEqualTo(expected);
    }

    @Test
    void shiftedAndAveragedAreNotTheSame() {
        assertThat(undisturbed(Join.SHIFTED)).isNotEqualTo(undisturbed(Join.AVERAGE));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "7,3", "63,64", "64,700"})
    void anySizeWillDo(int width, int height) {
        redraws = Redraws.in(folder.resolve("small"), width, height);
        assertThat(undisturbed(Join.SHIFTED)).isNotEmpty();
    }

    @Test
    void aRunBrokenOffAnywhereGoesOnToTheSameBytes() {
        byte[] expected = undisturbed(Join.SHIFTED);
        for (int moment = 1; moment < 40; moment += 3) {
            String name = "broken" + moment;
            Stop stop = new Stop();
            int[] events = {moment};
            try (Job job = job(name, Join.SHIFTED, 1)) {
                Progress progress = event -> {
                    if (event instanceof ProgressEvent.StageAdvanced && --events[0] == 0) stop.request();
                };
                new RedrawRun(job, new LocalRedrawer(), RunOptions.DEFAULT, progress, stop).run();
            } catch (StoppedException e) {
                // Goes on below.
            }
            resume(name);
            assertThat(redraws.result(name)).as(name).isEqualTo(expected);
        }
    }

    @Test
    void damagedLatentsAreMadeAgain() throws IOException {
        byte[] expected = undisturbed(Join.AVERAGE);
        Random random = new Random(3);
        for (int round = 0; round < 10; round++) {
            String name = "damaged" + round;
            try (Job job = job(name, Join.AVERAGE, 1)) {
                stopAtCall(job, 3);
            }
            List<Path> files;
            try (Stream<Path> all = Files.walk(redraws.job(name).resolve("latents"))) {
                files = all.filter(file -> file.toString().endsWith(".raw"))
                        .sorted()
                        .toList();
            }
            Harm harm = Harm.values()[round % Harm.values().length];
            Path harmed = files.get(random.nextInt(files.size()));
            assertThat(found(name)).isEmpty();
            harm.on(harmed);
            // A piece that is gone is one that was not made yet.
            if (harm == Harm.DELETED) assertThat(found(name)).isEmpty();
            else assertThat(found(name)).containsExactly(harmed);
            resume(name);
            assertThat(found(name)).isEmpty();
            assertThat(redraws.result(name)).as(name + " by " + harm).isEqualTo(expected);
        }
    }

    @Test
    void aDamagedChunkOfTheResultIsMadeAgainThroughAllCalls() throws IOException {
        byte[] expected = undisturbed(Join.SHIFTED);
        Path chunk;
        try (Stream<Path> all = Files.walk(redraws.job("undisturbed SHIFTED").resolve("canvas"))) {
            chunk = all.filter(file -> file.toString().endsWith("/0") && Files.isRegularFile(file))
                    .findFirst()
                    .orElseThrow();
        }
        Harm.CUT.on(chunk);
        Files.delete(redraws.output("undisturbed SHIFTED"));
        resume("undisturbed SHIFTED");
        assertThat(redraws.result("undisturbed SHIFTED")).isEqualTo(expected);
    }

    @Test
    void aRedrawerOfTilesOnlyCannotJoinThem() {
        assertThatThrownBy(() -> Redraws.run(job("tiles", Join.SHIFTED, 1), new TexturedRedrawer()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private List<Path> found(String name) {
        try (Job job = Job.openToLook(redraws.job(name))) {
            return Verification.of(job, Progress.NONE).findings().stream()
                    .map(Finding::file)
                    .toList();
        }
    }

    private void stopAtCall(Job job, int call) {
        Stop stop = new Stop();
        Progress progress = event -> {
            if (event instanceof ProgressEvent.StageAdvanced advanced
                    && advanced.stage().kind() == Stage.Kind.SAMPLE
                    && advanced.stage().phase() == call) stop.request();
        };
        assertThatThrownBy(() -> new RedrawRun(job, new LocalRedrawer(), RunOptions.DEFAULT, progress, stop).run())
                .isInstanceOf(StoppedException.class);
    }

    private byte[] undisturbed(Join join) {
        String name = "undisturbed " + join.name();
        try (Job job = job(name, join, 1)) {
            Redraws.run(job, new LocalRedrawer());
        }
        return redraws.result(name);
    }

    private Job job(String name, Join join, int batch) {
        Request.Tiling tiling = new Request.Tiling(64, 64, 16, Request.Order.CHESS, 16, batch).joining(join);
        return redraws.create(name, tiling, 1, 2);
    }

    private void resume(String name) {
        try (Job job = Job.open(redraws.job(name))) {
            Redraws.run(job, new LocalRedrawer());
        }
    }
}
