package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.diffusion.Planes;
import giga.redraw.Blend;
import giga.redraw.Drawn;
import giga.redraw.JobException;
import giga.redraw.Pass;
import giga.redraw.Request;
import giga.redraw.Tile;
import giga.redraw.job.Job;
import giga.redraw.job.MovedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedrawRunTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"150,100", "1,1", "1,400", "531,7"})
    void theResultIsWhatTheBlendMakesOfTheTilesInMemory(int width, int height) {
        Redraws redraws = Redraws.in(folder, width, height);
        Pixels canvas;
        try (PictureFile picture = PictureFile.open(redraws.input())) {
            canvas = picture.read();
        }
        try (Job job = redraws.create("result")) {
            Redraws.run(job);
            for (Pass pass : job.plan().passes()) canvas = redrawn(pass, canvas);
        }
        try (PictureFile picture = PictureFile.open(redraws.output("result"))) {
            assertThat(picture.read().rgb()).isEqualTo(canvas.rgb());
            assertThat(picture.info().dpi().orElseThrow()).isBetween(299.9, 300.1);
        }
    }

    /** The checksum was taken before there were seams: what older jobs asked for still comes out as it did. */
    @Test
    void aPlainRedrawKeepsItsBytes() {
        Redraws redraws = Redraws.in(folder);
        redraws.undisturbed();
        CRC32 checksum = new CRC32();
        try (PictureFile picture = PictureFile.open(redraws.output("undisturbed"))) {
            checksum.update(picture.read().rgb());
        }
        assertThat(checksum.getValue()).isEqualTo(2278866981L);
    }

    /** One pass on a canvas in memory, with the tiles' values rounded to 1/256 as on disk. */
    static Pixels redrawn(Pass pass, Pixels source) {
        Pixels canvas = Resample.resize(source, pass.width(), pass.height(), Filter.LANCZOS);
        for (int phase = 0; phase < pass.phases().size(); phase++) {
            List<Drawn> drawn = new ArrayList<>();
            for (Tile tile : pass.phases().get(phase).tiles()) {
                TileInput input = new TileInput(tile, canvas.read(tile.read()));
                drawn.add(written(
                        tile,
                        new TexturedRedrawer()
                                .redraw(pass, phase, List.of(input))
                                .getFirst()));
            }
            canvas = new Blend(pass, phase).settle(canvas.bounds(), canvas, drawn);
        }
        return canvas;
    }

    static Drawn written(Tile tile, Planes planes) {
        Region write = tile.write();
        float[] rgb = new float[3 * (int) write.area()];
        for (int i = 0; i < rgb.length; i++) {
            int x = write.x() - tile.read().x() + i / 3 % write.width();
            int y = write.y() - tile.read().y() + i / 3 / write.width();
            float value = planes.values()[(i % 3 * planes.height() + y) * planes.width() + x];
            rgb[i] = Math.round(Math.clamp(value, 0, 255) * 256) / 256f;
        }
        return new Drawn(tile, rgb);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1,false", "2,4,3,4,false", "5,1,2,2,true", "3,2,1,1,true"})
    void batchesThreadsAndOrderChangeNothing(int batch, int readers, int writers, int settlers, boolean reversed) {
        Redraws redraws = Redraws.in(folder);
        UnaryOperator<List<List<Tile>>> order = reversed ? List::reversed : UnaryOperator.identity();
        Request.Tiling tiling = new Request.Tiling(64, 64, 16, Request.Order.CHESS, 16, batch);
        try (Job job = redraws.create("other", tiling, 2, 2)) {
            RunOptions options = new RunOptions(readers, writers, settlers, false);
            new RedrawRun(RunContext.of(job, new TexturedRedrawer(), options, Progress.NONE, new Stop(), order)).run();
        }
        assertThat(redraws.result("other")).isEqualTo(redraws.undisturbed());
    }

    @Test
    void scaleOneRedrawsThePictureItself() {
        Redraws redraws = Redraws.in(folder);
        try (Job job = redraws.create("same", Redraws.TILING, 2, 1)) {
            Redraws.run(job);
            assertThat(job.plan().canvas()).isEqualTo(new Region(0, 0, 150, 100));
        }
        try (PictureFile picture = PictureFile.open(redraws.output("same"))) {
            assertThat(picture.info().width()).isEqualTo(150);
        }
    }

    @Test
    void spentStatesAreDeletedUnlessKept() throws IOException {
        Redraws redraws = Redraws.in(folder);
        try (Job job = redraws.create("spent")) {
            Redraws.run(job);
        }
        assertThat(names(redraws.job("spent").resolve("canvas"))).containsExactlyInAnyOrder("1-2", "1-2.done");
        assertThat(names(redraws.job("spent").resolve("tiles"))).isEmpty();
        try (Job job = redraws.create("kept")) {
            new RedrawRun(job, new TexturedRedrawer(), new RunOptions(1, 1, 2, true), Progress.NONE, new Stop()).run();
        }
        assertThat(names(redraws.job("kept").resolve("canvas")))
                .contains("source", "0-0", "0-1", "0-2", "1-0", "1-1", "1-2");
        assertThat(names(redraws.job("kept").resolve("tiles"))).containsExactlyInAnyOrder("0-0", "0-1", "1-0", "1-1");
    }

    @Test
    void aFinishedJobWritesItsResultAgainWithoutRedrawing() throws IOException {
        Redraws redraws = Redraws.in(folder);
        byte[] result = redraws.undisturbed();
        Files.delete(redraws.output("undisturbed"));
        try (Job job = Job.open(redraws.job("undisturbed"))) {
            RunStats stats = Redraws.run(job, (pass, phase, batch) -> {
                throw new AssertionError("redraws again");
            });
            assertThat(stats.tilesDrawn()).isZero();
        }
        assertThat(redraws.result("undisturbed")).isEqualTo(result);
    }

    @Test
    void stopFinishesTheBatchAtHandAndSaysHowToGoOn() {
        Redraws redraws = Redraws.in(folder);
        Stop stop = new Stop();
        List<Integer> drawn = new ArrayList<>();
        try (Job job = redraws.create("stopped")) {
            TileRedrawer redrawer = (pass, phase, batch) -> {
                batch.forEach(input -> drawn.add(input.tile().index()));
                if (drawn.size() == 6) stop.request();
                return new TexturedRedrawer().redraw(pass, phase, batch);
            };
            assertThatThrownBy(() -> new RedrawRun(job, redrawer, RunOptions.DEFAULT, Progress.NONE, stop).run())
                    .isInstanceOf(StoppedException.class)
                    .hasMessageContaining("6 of")
                    .hasMessageContaining("giga resume " + redraws.job("stopped"));
        }
        assertThat(drawn).hasSize(6);
        try (Job job = Job.open(redraws.job("stopped"))) {
            RunStats stats = Redraws.run(job);
            assertThat(stats.tilesFound()).isEqualTo(6);
            assertThat(stats.tilesDrawn()).isEqualTo(job.plan().tileCount() - 6);
        }
        assertThat(redraws.result("stopped")).isEqualTo(redraws.undisturbed());
    }

    @Test
    void aResumeRepeatsWholeBatches() {
        Redraws redraws = Redraws.in(folder);
        try (Job job = redraws.create("broken")) {
            int[] calls = {0};
            assertThatThrownBy(() -> Redraws.run(job, (pass, phase, batch) -> {
                        if (calls[0]++ == 2) throw new IllegalStateException("the engine failed");
                        return new TexturedRedrawer().redraw(pass, phase, batch);
                    }))
                    .hasMessage("the engine failed");
        }
        try (Job job = Job.open(redraws.job("broken"))) {
            Pass pass = job.plan().passes().getFirst();
            Tile first = pass.phases().getFirst().tiles().getFirst();
            assertThat(job.results(pass, 0).has(first)).isTrue();
            job.results(pass, 0).strike(first);
            List<List<Integer>> batches = new ArrayList<>();
            Redraws.run(job, (here, phase, batch) -> {
                batches.add(batch.stream().map(input -> input.tile().index()).toList());
                return new TexturedRedrawer().redraw(here, phase, batch);
            });
            List<Integer> whole = pass.phases().getFirst().batches(2).getFirst().stream()
                    .map(Tile::index)
                    .toList();
            assertThat(batches.getFirst()).isEqualTo(whole);
        }
        assertThat(redraws.result("broken")).isEqualTo(redraws.undisturbed());
    }

    @Test
    void whatAKilledExportLeftBesideTheResultIsDeleted() throws IOException {
        Redraws redraws = Redraws.in(folder);
        Path left = Files.writeString(folder.resolve(".undisturbed.png.12ab.partial"), "half a picture");
        Path others = Files.writeString(folder.resolve(".undisturbed.png.mine.partial"), "a diary");
        Files.setLastModifiedTime(left, FileTime.fromMillis(0));
        Files.setLastModifiedTime(others, FileTime.fromMillis(0));
        redraws.undisturbed();
        assertThat(left).doesNotExist();
        assertThat(others).exists();
    }

    @Test
    void goingOnWithAnotherNumberOfThreadsIsToldOfOnce() throws IOException {
        Redraws redraws = Redraws.in(folder);
        redraws.create("moved").close();
        int threads = Runtime.getRuntime().availableProcessors();
        MovedJob.withThreads(redraws.job("moved"), threads + 7);
        try (Job job = Job.open(redraws.job("moved"))) {
            Redraws.run(job);
        }
        try (Job job = redraws.create("stayed")) {
            Redraws.run(job);
        }
        assertThat(redraws.job("moved").resolve("run.log"))
                .content()
                .containsOnlyOnce("began with %d threads and goes on with %d".formatted(threads + 7, threads));
        assertThat(redraws.job("stayed").resolve("run.log")).content().doesNotContain("threads");
    }

    @Test
    void aTileThatIsNoNumberEndsTheRun() {
        Redraws redraws = Redraws.in(folder);
        try (Job job = redraws.create("nan")) {
            assertThatThrownBy(() -> Redraws.run(job, (pass, phase, batch) -> {
                        List<Planes> planes = new TexturedRedrawer().redraw(pass, phase, batch);
                        planes.forEach(tile -> Arrays.fill(tile.values(), Float.NaN));
                        return planes;
                    }))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("NaN")
                    .hasMessageContaining("--precision f32");
        }
    }

    @Test
    void theListenerHearsEveryTileOnceAndTheSecondsAddUp() throws IOException {
        Redraws redraws = Redraws.in(folder);
        Set<String> tiles = ConcurrentHashMap.newKeySet();
        List<Stage.Kind> stages = new ArrayList<>();
        try (Job job = redraws.create("heard")) {
            RunStats stats = new RedrawRun(
                            job,
                            new TexturedRedrawer(),
                            RunOptions.DEFAULT,
                            event -> {
                                switch (event) {
                                    case ProgressEvent.StageStarted started ->
                                        stages.add(started.stage().kind());
                                    case ProgressEvent.TileDone done ->
                                        assertThat(tiles.add(done.stage() + " "
                                                        + done.tile().index()))
                                                .isTrue();
                                    case ProgressEvent.StageAdvanced advanced ->
                                        assertThat(advanced.done())
                                                .isBetween(0L, advanced.stage().total());
                                    case ProgressEvent.StageFinished _,
                                            ProgressEvent.PictureDone _,
                                            ProgressEvent.Noticed _ -> {}
                                }
                            },
                            new Stop())
                    .run();
            assertThat(tiles).hasSize(job.plan().tileCount());
            double parts = stats.redraw()
                    + stats.readWait()
                    + stats.writeWait()
                    + stats.decode()
                    + stats.enlarge()
                    + stats.settle()
                    + stats.export()
                    + stats.tidy();
            assertThat(parts).isBetween(0.8 * stats.total(), stats.total());
        }
        assertThat(stages)
                .startsWith(Stage.Kind.DECODE, Stage.Kind.ENLARGE, Stage.Kind.REDRAW, Stage.Kind.SETTLE)
                .endsWith(Stage.Kind.SETTLE, Stage.Kind.EXPORT);
        assertThat(Files.readString(redraws.job("heard").resolve("progress.json")))
                .contains("\"state\":\"done\"");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
