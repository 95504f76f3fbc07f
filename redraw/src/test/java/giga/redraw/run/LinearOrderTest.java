package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Pixels;
import giga.canvas.input.PictureFile;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.redraw.Blend;
import giga.redraw.Drawn;
import giga.redraw.Pass;
import giga.redraw.Phase;
import giga.redraw.Request;
import giga.redraw.Tile;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Linear order: a tile sees what those to its left and above have become. */
class LinearOrderTest {
    @TempDir
    Path folder;

    private Redraws redraws;

    @BeforeEach
    void picture() {
        redraws = Redraws.in(folder, 140, 280);
    }

    /** The definition: every wave a phase of its own, drawn from the canvas that the waves before have settled. */
    @Test
    void isOnePhaseForEveryWave() {
        Pixels canvas;
        try (PictureFile picture = PictureFile.open(redraws.input())) {
            canvas = picture.read();
        }
        try (Job job = job("linear", 1)) {
            Redraws.run(job);
            for (Pass pass : job.plan().passes()) canvas = waveByWave(pass, canvas);
        }
        try (PictureFile picture = PictureFile.open(redraws.output("linear"))) {
            assertThat(picture.read().rgb()).isEqualTo(canvas.rgb());
        }
    }

    private static Pixels waveByWave(Pass pass, Pixels source) {
        Pixels canvas = Resample.resize(source, pass.width(), pass.height(), Filter.LANCZOS);
        Phase linear = pass.phases().getFirst();
        List<Phase> waves = linear.tiles().stream()
                .collect(Collectors.groupingBy(linear::wave, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(tiles -> new Phase("wave", Phase.Kind.DRAW, tiles))
                .toList();
        assertThat(waves).hasSizeGreaterThan(10);
        Pass expanded = new Pass(pass.number(), pass.width(), pass.height(), pass.tiling(), waves);
        for (int wave = 0; wave < waves.size(); wave++) {
            List<Drawn> drawn = new ArrayList<>();
            for (Tile tile : waves.get(wave).tiles()) {
                TileInput input = new TileInput(tile, canvas.read(tile.read()));
                drawn.add(RedrawRunTest.written(
                        tile,
                        new TexturedRedrawer().redraw(pass, 0, List.of(input)).getFirst()));
            }
            canvas = new Blend(expanded, wave).settle(canvas.bounds(), canvas, drawn);
        }
        return canvas;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void batchesChangeNothing(int batch) {
        byte[] expected = undisturbed();
        try (Job job = job("batches", batch)) {
            Redraws.run(job);
        }
        assertThat(redraws.result("batches")).isEqualTo(expected);
    }

    @Test
    void aRunBrokenOffAtAnyTileGoesOnToTheSameBytes() {
        byte[] expected = undisturbed();
        for (int moment = 1; moment < 45; moment += 11) {
            String name = "broken" + moment;
            stopAt(name, moment);
            resume(name);
            assertThat(redraws.result(name)).as(name).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiles", "ledger"})
    void whatIsMissingIsDrawnAgainWithAllThatItSees(String what) throws IOException {
        byte[] expected = undisturbed();
        for (int moment = 10; moment < 30; moment += 9) {
            String name = what + moment;
            stopAt(name, moment);
            try (Stream<Path> files = Files.list(redraws.job(name).resolve(what + "/0-0"))) {
                for (Path file : files.filter(file -> file.hashCode() % 3 != 0).toList()) Files.delete(file);
            }
            resume(name);
            assertThat(redraws.result(name)).as(name).isEqualTo(expected);
        }
    }

    @Test
    void aDamagedChunkOfTheResultIsMadeAgain() throws IOException {
        byte[] expected = undisturbed();
        Harm.FLIPPED_BIT.on(redraws.job("undisturbed linear").resolve("canvas/0-1/c/1/0/0"));
        Files.delete(redraws.output("undisturbed linear"));
        assertThat(resume("undisturbed linear").mended()).isEqualTo(1);
        assertThat(redraws.result("undisturbed linear")).isEqualTo(expected);
    }

    @Test
    void aTileDamagedWhileItIsStillSeenIsDrawnAgainAtOnce() {
        byte[] expected = undisturbed();
        Path file = redraws.job("harmed").resolve("tiles/0-0/0.raw");
        boolean[] harmed = {false};
        Progress harming = event -> {
            if (!(event instanceof ProgressEvent.TileDone) || harmed[0]) return;
            harmed[0] = true;
            try {
                Harm.FLIPPED_BIT.on(file);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        try (Job job = job("harmed", 1)) {
            RunStats stats = new RedrawRun(job, new TexturedRedrawer(), RunOptions.DEFAULT, harming, new Stop()).run();
            assertThat(stats.mended()).isEqualTo(1);
        }
        assertThat(redraws.result("harmed")).isEqualTo(expected);
    }

    private byte[] undisturbed() {
        try (Job job = job("undisturbed linear", 1)) {
            Redraws.run(job);
        }
        return redraws.result("undisturbed linear");
    }

    private Job job(String name, int batch) {
        Request.Tiling tiling = new Request.Tiling(64, 64, 16, Request.Order.LINEAR, 16, batch);
        return redraws.create(name, tiling, 1, 2);
    }

    private void stopAt(String name, int tiles) {
        Stop stop = new Stop();
        Progress stopping = event -> {
            if (event instanceof ProgressEvent.TileDone done && done.done() >= tiles) stop.request();
        };
        try (Job job = job(name, 1)) {
            new RedrawRun(job, new TexturedRedrawer(), RunOptions.DEFAULT, stopping, stop).run();
        } catch (StoppedException e) {
            // Goes on with resume.
        }
    }

    private RunStats resume(String name) {
        try (Job job = Job.open(redraws.job(name))) {
            return Redraws.run(job);
        }
    }
}
