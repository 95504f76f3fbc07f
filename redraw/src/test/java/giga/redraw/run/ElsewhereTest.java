package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.redraw.JobException;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs that go on in another place, at another time, or on a disk that fails. */
class ElsewhereTest {
    @TempDir
    Path folder;

    private Redraws redraws;
    private Path job;
    private byte[] expected;

    @BeforeEach
    void picture() {
        redraws = Redraws.in(folder);
        job = redraws.job("elsewhere");
        expected = redraws.undisturbed();
    }

    @ParameterizedTest
    @EnumSource(names = {"IMPORTED", "WHILE_DRAWING", "NEXT_PHASE"})
    void aMovedJobGoesOnWithoutItsPicture(MendingTest.Moment moment) throws IOException {
        stopAt(moment);
        Path moved = Files.createDirectory(folder.resolve("another disk")).resolve("a job");
        Files.move(job, moved);
        Files.delete(redraws.input());
        resume(moved);
        assertThat(redraws.result("elsewhere")).isEqualTo(expected);
    }

    @Test
    void aClockThatWasSetBackChangesNothing() throws IOException {
        stopAt(MendingTest.Moment.WHILE_DRAWING);
        Path leftover = Files.createDirectory(folder.resolve(".elsewhere.png.12ab.partial"));
        Files.writeString(leftover.resolve("picture"), "half a picture");
        FileTime future = FileTime.from(Instant.now().plus(Duration.ofDays(400)));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) Files.setLastModifiedTime(file, future);
        }
        resume(job);
        assertThat(redraws.result("elsewhere")).isEqualTo(expected);
        assertThat(leftover).doesNotExist();
    }

    @Test
    void onAMachineWithoutTheModelItIsRefused() throws IOException {
        stopAt(MendingTest.Moment.NEXT_PHASE);
        Path model = folder.resolve("model.safetensors");
        Path aside = Files.move(model, folder.resolve("aside"));
        assertThatThrownBy(() -> resume(job))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(model + ": there is no such file or folder");
        try (Job open = Job.openToLook(job)) {
            assertThat(Verification.of(open, Progress.NONE).findings())
                    .singleElement()
                    .extracting(Finding::file)
                    .isEqualTo(model);
        }
        Files.move(aside, model);
        resume(job);
        assertThat(redraws.result("elsewhere")).isEqualTo(expected);
    }

    @Test
    void aResultWhoseFolderIsGoneIsRefusedBeforeAnythingIsDrawn() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        try (Job created = Job.create(job, redraws.request("results/elsewhere", Redraws.TILING, 2, 2))) {
            Files.delete(results);
            TileRedrawer never = (pass, phase, batch) -> {
                throw new AssertionError("a tile was drawn");
            };
            assertThatThrownBy(() -> Redraws.run(created, never))
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining("there is no folder " + results + ". Create it first.");
            Files.createDirectory(results);
            Redraws.run(created);
        }
        assertThat(results.resolve("elsewhere.png")).hasBinaryContent(expected);
    }

    /** A name that leads to itself cannot be read by anyone, unlike a file without permissions. */
    @Test
    void aReadErrorIsNamedAndNothingIsWritten() throws IOException {
        stopAt(MendingTest.Moment.WHILE_DRAWING);
        List<Path> files = List.of(job.resolve("canvas/1-0/c/0/0/0"), job.resolve("tiles/1-0/0.raw"));
        for (Path file : files) {
            Path aside = folder.resolve("aside");
            Files.move(file, aside);
            Files.createSymbolicLink(file, file.getFileName());
            try (Job open = Job.openToLook(job)) {
                assertThat(Verification.of(open, Progress.NONE).findings())
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.file()).isEqualTo(file);
                            assertThat(finding.what()).startsWith("cannot be read: Cannot read " + file);
                            assertThat(finding.mendable()).isFalse();
                        });
            }
            assertThatThrownBy(() -> resume(job)).hasMessageContaining("Cannot read " + file);
            assertThat(redraws.output("elsewhere")).doesNotExist();
            Files.delete(file);
            Files.move(aside, file);
        }
        resume(job);
        assertThat(redraws.result("elsewhere")).isEqualTo(expected);
    }

    private void stopAt(MendingTest.Moment moment) {
        Stop stop = new Stop();
        try (Job created = redraws.create("elsewhere")) {
            assertThatThrownBy(() -> new RedrawRun(
                                    created, new TexturedRedrawer(), RunOptions.DEFAULT, moment.stopping(stop), stop)
                            .run())
                    .isInstanceOf(StoppedException.class);
        }
    }

    private static void resume(Path folder) {
        try (Job open = Job.open(folder)) {
            Redraws.run(open);
        }
    }
}
