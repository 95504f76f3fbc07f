package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Region;
import giga.canvas.store.ChunkGrid;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.ZarrPicture;
import giga.diffusion.Planes;
import giga.redraw.JobException;
import giga.redraw.Phase;
import giga.redraw.Request;
import giga.redraw.Tile;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Canvases that are damaged after they were complete. */
class MendingTest {
    private static final RunOptions KEEP = new RunOptions(1, 1, 2, true);

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

    /** After which stage the run ends, and which state the next one goes on from. */
    enum Moment {
        IMPORTED(Stage.Kind.DECODE, 0, 0, "source"),
        ENLARGED(Stage.Kind.ENLARGE, 0, 0, "0-0"),
        FIRST_PHASE_SETTLED(Stage.Kind.SETTLE, 0, 0, "0-1"),
        BETWEEN_PASSES(Stage.Kind.SETTLE, 0, 1, "0-2"),
        ENLARGED_AGAIN(Stage.Kind.ENLARGE, 1, 0, "1-0"),
        WHILE_DRAWING(Stage.Kind.REDRAW, 1, 0, "1-0"),
        NEXT_PHASE(Stage.Kind.SETTLE, 1, 0, "1-1"),
        FINISHED(Stage.Kind.SETTLE, 1, 1, "1-2");

        final Stage.Kind kind;
        final int pass;
        final int phase;
        final String state;

        Moment(Stage.Kind kind, int pass, int phase, String state) {
            this.kind = kind;
            this.pass = pass;
            this.phase = phase;
            this.state = state;
        }

        Progress stopping(Stop stop) {
            return event -> {
                Optional<Stage> stage = switch (event) {
                    case ProgressEvent.TileDone tile -> Optional.of(tile.stage());
                    case ProgressEvent.StageFinished finished -> Optional.of(finished.stage());
                    default -> Optional.empty();
                };
                if (stage.filter(this::is).isPresent()) stop.request();
            };
        }

        private boolean is(Stage stage) {
            return stage.kind() == kind && stage.pass() == pass && stage.phase() == phase;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChunkOfAnyCanvasIsMadeAgain(Moment moment) throws IOException {
        for (Harm harm : List.of(Harm.FLIPPED_BIT, Harm.CUT, Harm.DELETED)) {
            redraws = Redraws.in(folder.resolve(harm.name()));
            job = redraws.job("damaged");
            stopAt(moment, RunOptions.DEFAULT);
            assertThat(job.resolve("canvas/" + moment.state + ".done")).exists();
            harm.on(chunks(moment.state).getLast());
            RunStats stats = resume(RunOptions.DEFAULT);
            assertThat(stats.mended()).as(harm.name()).isEqualTo(1);
            assertThat(log())
                    .doesNotContain("come out other")
                    .contains("of canvas " + moment.state)
                    .contains("was damaged and is done again");
            assertThat(redraws.result("damaged")).as(harm.name()).isEqualTo(expected);
            assertThat(job.resolve("canvas").toFile().list())
                    .as("the cone below the chunk is deleted")
                    .containsExactlyInAnyOrder("1-2", "1-2.done");
            assertThat(job.resolve("tiles").toFile().list()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void soAreAllChunksAtOnce(Moment moment) throws IOException {
        stopAt(moment, RunOptions.DEFAULT);
        List<Path> chunks = chunks(moment.state);
        for (Path chunk : chunks) Harm.FLIPPED_BIT.on(chunk);
        // The picture's own canvas is imported as a whole.
        assertThat(resume(RunOptions.DEFAULT).mended()).isEqualTo(moment == Moment.IMPORTED ? 1 : chunks.size());
        assertThat(redraws.result("damaged")).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"DELETED", "CUT", "FOLDER_IN_PLACE"})
    void aCanvasWithoutItsDescriptionIsDescribedAnew(Harm harm) throws IOException {
        stopAt(Moment.NEXT_PHASE, RunOptions.DEFAULT);
        harm.on(job.resolve("canvas/1-1/zarr.json"));
        resume(RunOptions.DEFAULT);
        assertThat(log()).contains("the description of canvas 1-1 is written anew");
        assertThat(redraws.result("damaged")).isEqualTo(expected);
    }

    @Test
    void aCanvasThatIsGoneAltogetherIsMadeAgain() throws IOException {
        stopAt(Moment.NEXT_PHASE, RunOptions.DEFAULT);
        try (Stream<Path> files = Files.walk(job.resolve("canvas/1-1"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
        assertThat(resume(RunOptions.DEFAULT).mended()).isEqualTo(2);
        assertThat(redraws.result("damaged")).isEqualTo(expected);
    }

    @Test
    void aCanvasOfAnotherSizeIsRefused() throws IOException {
        stopAt(Moment.NEXT_PHASE, RunOptions.DEFAULT);
        Path canvas = job.resolve("canvas/1-1");
        String description = Files.readString(canvas.resolve("zarr.json"));
        Files.writeString(canvas.resolve("zarr.json"), description.replace("[400, 600, 3]", "[40, 60, 3]"));
        assertThatThrownBy(() -> resume(RunOptions.DEFAULT))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(canvas.toString())
                .hasMessageContaining("60x40 pixels instead of 600x400");
    }

    @Test
    void theResultIsWrittenAgainFromADamagedCanvas() throws IOException {
        try (Job created = redraws.create("damaged")) {
            Redraws.run(created);
        }
        Harm.FLIPPED_BIT.on(chunks("1-2").getFirst());
        try (Job open = Job.open(job)) {
            try (Unpacking unpacking = Unpacking.of(open, Progress.NONE)) {
                assertThat(JobInspection.of(open, unpacking)
                                .examine()
                                .measures()
                                .coverage()
                                .share())
                        .isEqualTo(1);
            }
        }
        Files.delete(redraws.output("damaged"));
        assertThat(resume(RunOptions.DEFAULT).mended()).isEqualTo(1);
        assertThat(redraws.result("damaged")).isEqualTo(expected);
    }

    @Test
    void withoutThePictureItEndsInASentence() throws IOException {
        stopAt(Moment.NEXT_PHASE, RunOptions.DEFAULT);
        Path chunk = chunks("1-1").getFirst();
        Harm.FLIPPED_BIT.on(chunk);
        Path elsewhere = folder.resolve("elsewhere.png");
        Files.move(redraws.input(), elsewhere);
        assertThatThrownBy(() -> resume(RunOptions.DEFAULT))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(chunk.toString())
                .hasMessageContaining("Put the picture back");
        Files.move(elsewhere, redraws.input());
        resume(RunOptions.DEFAULT);
        assertThat(redraws.result("damaged")).isEqualTo(expected);
    }

    @Test
    void keptStatesAreTheNearestToBeginFromAndAreMendedToo() throws IOException {
        stopAt(Moment.ENLARGED_AGAIN, KEEP);
        Harm.CUT.on(chunks("1-0").getFirst());
        Harm.CUT.on(chunks("0-2").getFirst());
        Files.delete(redraws.input());
        assertThat(resume(KEEP).mended()).isEqualTo(2);
        assertThat(redraws.result("damaged")).isEqualTo(expected);
        assertThat(log()).contains("of canvas 1-0").contains("of canvas 0-2").doesNotContain("redrawn to mend it");
    }

    @Test
    void aChunkThatStatesShareIsMendedInAll() throws IOException {
        byte[] whole;
        try (Job created = redraws.create("whole", Redraws.TILING, 1, 1)) {
            Redraws.run(created);
            whole = redraws.result("whole");
        }
        Stop stop = new Stop();
        try (Job created = redraws.create("damaged", Redraws.TILING, 1, 1)) {
            assertThatThrownBy(() -> new RedrawRun(
                                    created, new TexturedRedrawer(), KEEP, Moment.ENLARGED.stopping(stop), stop)
                            .run())
                    .isInstanceOf(StoppedException.class);
        }
        Path chunk = chunks("0-0").getFirst();
        assertThat(Files.getAttribute(chunk, "unix:ino"))
                .isEqualTo(Files.getAttribute(chunks("source").getFirst(), "unix:ino"));
        byte[] bytes = Files.readAllBytes(chunk);
        bytes[100]++;
        Files.write(chunk, bytes);
        assertThat(resume(KEEP).mended()).isEqualTo(2);
        assertThat(redraws.result("damaged")).isEqualTo(whole);
    }

    @Test
    void tilesThatComeOutOtherThanTheFirstTimeAreToldOf() throws IOException {
        stopAt(Moment.NEXT_PHASE, RunOptions.DEFAULT);
        Harm.CUT.on(chunks("1-1").getFirst());
        try (Job open = Job.open(job)) {
            Redraws.run(open, (pass, phase, batch) -> {
                List<Planes> planes = new TexturedRedrawer().redraw(pass, phase, batch);
                planes.forEach(tile -> tile.values()[tile.values().length / 2] += 1);
                return planes;
            });
        }
        assertThat(log()).containsOnlyOnce("come out other than the first time");
    }

    @Test
    void exactlyTheTilesThatTouchAChunkAreRedrawn() throws IOException {
        redraws = Redraws.in(folder, 1200, 900);
        Request.Tiling tiling = new Request.Tiling(192, 64, 16, Request.Order.CHESS, 16, 2);
        try (Job created = redraws.create("damaged", tiling, 1, 1)) {
            new RedrawRun(created, new TexturedRedrawer(), KEEP, Progress.NONE, new Stop()).run();
        }
        byte[] whole = redraws.result("damaged");
        ChunkIndex index = new ChunkIndex(2, 1);
        Harm.DELETED.on(job.resolve("canvas/0-2/c/1/2/0"));
        TreeSet<Integer> expectedTiles = new TreeSet<>();
        TreeSet<Integer> drawn = new TreeSet<>();
        try (Job open = Job.open(job)) {
            Phase odd = open.plan().passes().getFirst().phases().get(1);
            Region region = new ChunkGrid(1200, 900, ZarrPicture.CHUNK_SIDE).region(index);
            for (List<Tile> batch : odd.batches(2))
                if (batch.stream().anyMatch(tile -> tile.write().intersects(region)))
                    batch.forEach(tile -> expectedTiles.add(tile.index()));
            open.results(open.plan().passes().getFirst(), 1).deletePixels();
            TileRedrawer listening = (pass, phase, batch) -> {
                batch.forEach(input -> drawn.add(input.tile().index()));
                return new TexturedRedrawer().redraw(pass, phase, batch);
            };
            new RedrawRun(open, listening, KEEP, Progress.NONE, new Stop()).run();
            assertThat(drawn)
                    .isEqualTo(expectedTiles)
                    .hasSizeLessThan(odd.tiles().size() / 2);
        }
        assertThat(log()).containsPattern("chunk 2,1 of canvas 0-2, which tiles [0-9, ]+ touch, was damaged");
        assertThat(log()).containsPattern("tiles [0-9, ]+ of pass 1, phase odd: redrawn to mend it");
        assertThat(redraws.result("damaged")).isEqualTo(whole);
    }

    private void stopAt(Moment moment, RunOptions options) {
        Stop stop = new Stop();
        try (Job created = redraws.create("damaged")) {
            assertThatThrownBy(() ->
                            new RedrawRun(created, new TexturedRedrawer(), options, moment.stopping(stop), stop).run())
                    .isInstanceOf(StoppedException.class);
        }
    }

    private RunStats resume(RunOptions options) {
        try (Job open = Job.open(job)) {
            return new RedrawRun(open, new TexturedRedrawer(), options, Progress.NONE, new Stop()).run();
        }
    }

    private String log() throws IOException {
        return Files.readString(job.resolve("run.log"));
    }

    private List<Path> chunks(String state) throws IOException {
        try (Stream<Path> files =
                Files.walk(job.resolve("canvas").resolve(state).resolve("c"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
