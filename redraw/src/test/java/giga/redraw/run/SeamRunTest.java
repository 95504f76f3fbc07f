package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Pixels;
import giga.canvas.input.PictureFile;
import giga.redraw.Join;
import giga.redraw.Layout;
import giga.redraw.Pass;
import giga.redraw.Request;
import giga.redraw.Request.Seams;
import giga.redraw.Tile;
import giga.redraw.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seam phases run as all others do: any order and threads, broken off and resumed, to the same bytes. */
class SeamRunTest {
    private static final Seams HALF = new Seams(Seams.Mode.HALF_CORNERS, 0.4, 64, 16, 64);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"EVEN, HALF_CORNERS, 8, true", "GIGA, HALF, 0, false", "USDU, BAND, 4, true", "GIGA, BAND, 4, false"})
    void theResultIsWhatTheBlendMakesOfTheTilesInMemory(Layout layout, Seams.Mode mode, int blur, boolean redraw) {
        Redraws redraws = Redraws.in(folder, 150, 100);
        Pixels canvas;
        try (PictureFile picture = PictureFile.open(redraws.input())) {
            canvas = picture.read();
        }
        Request request = redraws.request(
                "result", 2, redraws.pass(tiling(layout, 2), new Seams(mode, 0.4, 64, blur, 32), 1.5, redraw));
        try (Job job = Job.create(redraws.job("result"), request)) {
            Redraws.run(job);
            for (Pass pass : job.plan().passes()) canvas = RedrawRunTest.redrawn(pass, canvas);
        }
        try (PictureFile picture = PictureFile.open(redraws.output("result"))) {
            assertThat(picture.read().rgb()).isEqualTo(canvas.rgb());
        }
    }

    @Test
    void batchesThreadsAndOrderChangeNothing() {
        Redraws redraws = Redraws.in(folder);
        try (Job job = create(redraws, "usual", 2)) {
            Redraws.run(job);
        }
        UnaryOperator<List<List<Tile>>> reversed = List::reversed;
        try (Job job = create(redraws, "other", 3)) {
            RunOptions options = new RunOptions(3, 2, 3, false);
            new RedrawRun(RunContext.of(job, new TexturedRedrawer(), options, Progress.NONE, new Stop(), reversed))
                    .run();
        }
        assertThat(redraws.result("other")).isEqualTo(redraws.result("usual"));
    }

    @Test
    void brokenOffInASeamPhaseAndDamagedItIsResumedToTheSameBytes() throws Exception {
        Redraws redraws = Redraws.in(folder);
        try (Job job = create(redraws, "usual", 2)) {
            Redraws.run(job);
        }
        List<Integer> drawn = new ArrayList<>();
        Stop stop = new Stop();
        try (Job job = create(redraws, "broken", 2)) {
            int draws = job.plan().passes().getFirst().phases().get(0).tiles().size()
                    + job.plan().passes().getFirst().phases().get(1).tiles().size();
            TileRedrawer stopping = (pass, phase, batch) -> {
                batch.forEach(input -> drawn.add(input.tile().index()));
                if (drawn.size() > draws + 10) stop.request();
                return new TexturedRedrawer().redraw(pass, phase, batch);
            };
            assertThatThrownBy(() -> new RedrawRun(job, stopping, RunOptions.DEFAULT, Progress.NONE, stop).run())
                    .isInstanceOf(StoppedException.class);
        }
        try (Stream<Path> files = Files.walk(redraws.job("broken").resolve("canvas/0-2/c"))) {
            Harm.FLIPPED_BIT.on(files.filter(Files::isRegularFile).findFirst().orElseThrow());
        }
        try (Job job = Job.open(redraws.job("broken"))) {
            assertThat(Redraws.run(job).mended()).isPositive();
        }
        assertThat(redraws.result("broken")).isEqualTo(redraws.result("usual"));
    }

    private static Job create(Redraws redraws, String name, int batch) {
        Request request = redraws.request(name, 1, redraws.pass(tiling(Layout.GIGA, batch), HALF, 2, true));
        return Job.create(redraws.job(name), request);
    }

    private static Request.Tiling tiling(Layout layout, int batch) {
        return new Request.Tiling(64, 64, 16, Request.Order.CHESS, 16, batch, layout, Join.PIXELS);
    }
}
