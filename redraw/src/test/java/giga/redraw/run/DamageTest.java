package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.redraw.job.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DamageTest {
    @TempDir
    Path folder;

    private Redraws redraws;
    private Path job;

    /** The result of an undisturbed run. */
    private static byte[] expected;

    @BeforeAll
    static void undisturbed(@TempDir Path folder) {
        expected = Redraws.in(folder).undisturbed();
    }

    @BeforeEach
    void picture() {
        redraws = Redraws.in(folder);
        job = redraws.job("damaged");
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedTileIsDoneAgain(Harm harm) throws IOException {
        stopAt(4, Stage.Kind.REDRAW);
        int done = job.resolve("ledger/0-0").toFile().list().length;
        harm.on(first(job.resolve("tiles/0-0")));
        RunStats stats = resume();
        // A result that is gone is not told from one that was settled and freed.
        assertThat(stats.mended()).isEqualTo(harm == Harm.DELETED ? 0 : 1);
        assertThat(stats.tilesFound())
                .as("the other tile of its batch is done again too")
                .isEqualTo(done - 2);
        if (harm != Harm.DELETED) assertThat(log()).contains("tile 0 was damaged and is done again");
        assertThat(redraws.result("damaged")).isEqualTo(expected);
    }

    @Test
    void theResultOfAnotherTileIsNotTakenForThisOne() throws IOException {
        stopAt(4, Stage.Kind.REDRAW);
        Path tiles = job.resolve("tiles/0-0");
        Files.copy(tiles.resolve("2.raw"), tiles.resolve("0.raw"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(resume().mended()).isEqualTo(1);
        assertThat(redraws.result("damaged")).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = "DELETED", mode = EnumSource.Mode.EXCLUDE)
    void aDamagedLedgerEntryIsDoneAgain(Harm harm) throws IOException {
        stopAt(4, Stage.Kind.REDRAW);
        harm.on(first(job.resolve("ledger/0-0")));
        assertThat(resume().mended()).isEqualTo(1);
        assertThat(redraws.result("damaged")).isEqualTo(expected);
    }

    @Test
    void aTileThatIsDamagedBeforeItIsSettledIsDoneAgainAtOnce() {
        boolean[] harmed = {false};
        Progress harming = event -> {
            // Its chunk waits for the other tiles.
            if (event instanceof ProgressEvent.TileDone && !harmed[0]) {
                harmed[0] = true;
                harm(Harm.FLIPPED_BIT, first(job.resolve("tiles/0-0")));
            }
        };
        try (Job created = redraws.create("damaged")) {
            RunStats stats =
                    new RedrawRun(created, new TexturedRedrawer(), RunOptions.DEFAULT, harming, new Stop()).run();
            assertThat(stats.mended()).isEqualTo(1);
        }
        assertThat(redraws.result("damaged")).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedChunkOfAStateBeingWrittenIsDoneAgain(Harm harm) throws IOException {
        byte[] whole = stopOnceAChunkIsSettled();
        harm.on(chunk("1-1"));
        RunStats stats = resume();
        assertThat(stats.mended()).isEqualTo(harm == Harm.DELETED ? 0 : 1);
        assertThat(redraws.result("damaged")).isEqualTo(whole);
    }

    @Test
    void aStateBeingWrittenWhoseDescriptionIsDamagedIsMadeAnew() throws IOException {
        byte[] whole = stopOnceAChunkIsSettled();
        Harm.CUT.on(job.resolve("canvas/1-1/zarr.json"));
        resume();
        assertThat(redraws.result("damaged")).isEqualTo(whole);
    }

    @Test
    void resultsAreFreedAsSoonAsTheirChunksAreSettled() throws IOException {
        stopOnceAChunkIsSettled();
        int drawn = job.resolve("ledger/1-0").toFile().list().length;
        int left = job.resolve("tiles/1-0").toFile().list().length;
        assertThat(left).isLessThan(drawn);
        RunStats stats = resume();
        assertThat(stats.tilesFound()).as("settled tiles are not drawn again").isGreaterThanOrEqualTo(drawn - left);
    }

    /** A high picture, drawn from above, so that its upper chunks come first; what an undisturbed run makes of it. */
    private byte[] stopOnceAChunkIsSettled() {
        redraws = Redraws.in(folder.resolve("high"), 60, 500);
        job = redraws.job("damaged");
        Stop stop = new Stop();
        Path first = job.resolve("canvas/1-1/c/0/0/0");
        Progress stopping = event -> {
            if (!(event instanceof ProgressEvent.TileDone done) || !is(done.stage(), Stage.Kind.REDRAW, 1)) return;
            if (done.done() < done.stage().total() / 2) return;
            while (!Files.exists(first)) Thread.onSpinWait();
            stop.request();
        };
        try (Job created = redraws.create("damaged")) {
            assertThatThrownBy(() ->
                            new RedrawRun(created, new TexturedRedrawer(), RunOptions.DEFAULT, stopping, stop).run())
                    .isInstanceOf(StoppedException.class);
        }
        return redraws.undisturbed();
    }

    private void stopAt(int done, Stage.Kind kind) {
        stopAt(done, kind, 0);
    }

    /** Begins the job and stops it once a stage of the pass is so far. */
    private void stopAt(int done, Stage.Kind kind, int pass) {
        Stop stop = new Stop();
        try (Job created = redraws.create("damaged")) {
            RunOptions one = new RunOptions(1, 1, 1, false);
            assertThatThrownBy(() ->
                            new RedrawRun(created, new TexturedRedrawer(), one, at(done, kind, pass, stop), stop).run())
                    .isInstanceOf(StoppedException.class);
        }
    }

    private static Progress at(int done, Stage.Kind kind, int pass, Stop stop) {
        return event -> {
            boolean there = switch (event) {
                case ProgressEvent.StageAdvanced advanced ->
                    is(advanced.stage(), kind, pass) && advanced.done() >= done;
                case ProgressEvent.TileDone tile -> is(tile.stage(), kind, pass) && tile.done() >= done;
                default -> false;
            };
            if (there) stop.request();
        };
    }

    private static boolean is(Stage stage, Stage.Kind kind, int pass) {
        return stage.kind() == kind && stage.pass() == pass;
    }

    private RunStats resume() {
        try (Job open = Job.open(job)) {
            return Redraws.run(open);
        }
    }

    private String log() throws IOException {
        return Files.readString(job.resolve("run.log"));
    }

    private Path chunk(String state) throws IOException {
        try (Stream<Path> files =
                Files.walk(job.resolve("canvas").resolve(state).resolve("c"))) {
            return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
    }

    private static Path first(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            Predicate<Path> whole = file -> !file.toString().endsWith(".partial");
            return files.filter(whole).sorted().findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void harm(Harm harm, Path file) {
        try {
            harm.on(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
