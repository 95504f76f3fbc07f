package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Region;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerificationTest {
    @TempDir
    Path folder;

    private Redraws redraws;
    private Path job;

    @BeforeEach
    void picture() {
        redraws = Redraws.in(folder);
        job = redraws.job("looked");
    }

    @Test
    void aJobThatHasNotBegunIsSound() {
        redraws.create("looked").close();
        assertThat(look().isSound()).isTrue();
        assertThat(look().text()).contains("nothing is complete yet; 0 chunks and 0 tiles checked");
    }

    @ParameterizedTest
    @EnumSource
    void soIsOneThatWasStoppedAnywhereAndNothingInItIsChanged(MendingTest.Moment moment) throws IOException {
        stopAt(moment);
        Map<Path, Object> before = files();
        Verdict verdict = look();
        assertThat(files()).isEqualTo(before);
        // The result is not written yet.
        if (moment == MendingTest.Moment.FINISHED)
            assertThat(verdict.findings())
                    .singleElement()
                    .hasToString("the result: " + redraws.output("looked") + " is missing");
        else assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.complete()).contains(moment.state);
        assertThat(verdict.chunks()).isPositive();
    }

    @Test
    void aFinishedJobIsSoundAndDamageToItIsMendedByAResume() throws IOException {
        try (Job created = redraws.create("looked")) {
            Redraws.run(created);
        }
        byte[] expected = redraws.result("looked");
        assertThat(look().text()).isEqualTo(job + " is sound: finished; 2 chunks and 0 tiles checked");
        Path chunk = job.resolve("canvas/1-2/c/0/1/0");
        Harm.FLIPPED_BIT.on(chunk);
        Files.delete(redraws.output("looked"));
        Verdict verdict = look();
        assertThat(verdict.findings().getFirst())
                .hasToString("canvas 1-2, chunk 1,0 at 512,0 (88x400): " + chunk + " does not match its checksum");
        assertThat(verdict.findings().getFirst().place()).contains(new Region(512, 0, 88, 400));
        assertThat(verdict.text())
                .endsWith("2 damages in %s, 2 chunks and 0 tiles checked; `giga resume %s` mends them"
                        .formatted(job, job));
        try (Job open = Job.open(job)) {
            assertThat(Redraws.run(open).mended()).isEqualTo(1);
        }
        assertThat(look().isSound()).isTrue();
        assertThat(redraws.result("looked")).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void chunksTilesAndEntriesAreNamed(Harm harm) throws IOException {
        stopAt(MendingTest.Moment.WHILE_DRAWING);
        Path chunk = job.resolve("canvas/1-0/c/0/0/0");
        Path tile = job.resolve("tiles/1-0/0.raw");
        Path entry = job.resolve("ledger/1-0/2");
        for (Path file : List.of(chunk, tile, entry)) harm.on(file);
        List<Path> found = look().findings().stream().map(Finding::file).toList();
        // Without an entry a tile was never finished.
        if (harm == Harm.DELETED) assertThat(found).containsExactly(chunk, tile);
        else assertThat(found).containsExactly(chunk, tile, entry);
        try (Job open = Job.open(job)) {
            Redraws.run(open);
        }
        assertThat(look().isSound()).isTrue();
        byte[] mended = redraws.result("looked");
        assertThat(mended).isEqualTo(redraws.undisturbed());
    }

    @ParameterizedTest
    @EnumSource(names = "IMPORTED", mode = EnumSource.Mode.EXCLUDE)
    void aLostMarkerIsKnownByWhatLiesThere(MendingTest.Moment moment) throws IOException {
        stopAt(moment);
        Path marker = job.resolve("canvas/" + moment.state + ".done");
        Files.delete(marker);
        assertThat(look().findings()).extracting(Finding::file).containsExactly(marker);
        try (Job open = Job.open(job)) {
            Redraws.run(open);
        }
        assertThat(look().isSound()).isTrue();
        assertThat(redraws.result("looked")).isEqualTo(redraws.undisturbed());
    }

    @Test
    void aFolderThatIsGoneIsOneDamage() throws IOException {
        stopAt(MendingTest.Moment.NEXT_PHASE);
        try (Stream<Path> files = Files.walk(job.resolve("canvas/1-1"))) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(file);
        }
        assertThat(look().findings())
                .singleElement()
                .hasToString("canvas 1-1: %s is no folder, or gone altogether".formatted(job.resolve("canvas/1-1")));
    }

    @Test
    void whatTheJobBeganWithIsLookedAtToo() throws IOException {
        stopAt(MendingTest.Moment.NEXT_PHASE);
        Files.delete(redraws.input());
        assertThat(look().isSound()).as("the picture is no longer needed").isTrue();
        redraws.writePicture(150, 100, 2);
        Files.writeString(folder.resolve("model.safetensors"), "another model");
        Verdict verdict = look();
        assertThat(verdict.findings()).extracting(Finding::mendable).containsExactly(false, false);
        assertThat(verdict.text())
                .contains("the picture: " + redraws.input() + " will be refused")
                .contains("the model: " + folder.resolve("model.safetensors") + " will be refused")
                .contains("see to what is not the job's own first");
        assertThatThrownBy(() -> Job.open(job)).hasMessageContaining("has changed since the job");
    }

    private void stopAt(MendingTest.Moment moment) {
        Stop stop = new Stop();
        try (Job created = redraws.create("looked")) {
            assertThatThrownBy(() -> new RedrawRun(
                                    created, new TexturedRedrawer(), RunOptions.DEFAULT, moment.stopping(stop), stop)
                            .run())
                    .isInstanceOf(StoppedException.class);
        }
    }

    private Verdict look() {
        try (Job open = Job.openToLook(job)) {
            return Verification.of(open, Progress.NONE);
        }
    }

    /** All files with what tells a change. */
    private Map<Path, Object> files() throws IOException {
        Map<Path, Object> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(job)) {
            for (Path file : found.filter(file -> !file.endsWith("lock")).toList())
                files.put(file, List.of(Files.getLastModifiedTime(file), Files.size(file)));
        }
        return files;
    }
}
