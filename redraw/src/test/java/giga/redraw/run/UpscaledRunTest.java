package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import giga.diffusion.upscale.UpscalerFormula;
import giga.redraw.JobException;
import giga.redraw.Request;
import giga.redraw.Upscaling;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network enlarges between passes: stopped, damaged or neither, the result is the same. */
class UpscaledRunTest {
    private static final Request.Tiling TILING = new Request.Tiling(256, 64, 16, Request.Order.CHESS, 16, 2);

    @TempDir
    Path folder;

    private Redraws redraws;
    private Path upscaler;
    private byte[] expected;

    @BeforeEach
    void undisturbed() {
        redraws = Redraws.in(folder, 260, 170);
        upscaler = UpscalerFormula.compact(folder.resolve("upscaler.safetensors"), 8, 3, 2);
        try (Job job = create("undisturbed")) {
            Redraws.run(job);
        }
        expected = redraws.result("undisturbed");
    }

    @Test
    void theNetworkDecidesThePicture() {
        try (Job job = Job.create(redraws.job("lanczos"), redraws.request("lanczos", TILING, 2, 1.5))) {
            Redraws.run(job);
        }
        assertThat(redraws.result("lanczos")).isNotEqualTo(expected);
    }

    @Test
    void aRunThatStopsWhileItEnlargesIsGoneOnWith() {
        try (Job job = create("stopped")) {
            Stop stop = new Stop();
            assertThatThrownBy(() -> run(job, stop, event -> {
                        if (event instanceof ProgressEvent.StageStarted(Stage stage, long _)
                                && stage.kind() == Stage.Kind.ENLARGE
                                && stage.pass() == 1) stop.request();
                    }))
                    .isInstanceOf(StoppedException.class);
        }
        assertThat(chunks("stopped", "1-0")).hasSize(1);
        resume("stopped");
        assertThat(redraws.result("stopped")).isEqualTo(expected);
    }

    @Test
    void aDamagedChunkIsUpscaledAgain() throws IOException {
        for (String state : List.of("1-0", "1-1")) {
            String name = "damaged-" + state;
            try (Job job = create(name)) {
                Stop stop = new Stop();
                assertThatThrownBy(() -> run(job, stop, event -> {
                            if (event instanceof ProgressEvent.StageFinished(Stage stage, double _)
                                    && stage.pass() == 1
                                    && stage.kind() == (state.equals("1-0") ? Stage.Kind.ENLARGE : Stage.Kind.SETTLE))
                                stop.request();
                        }))
                        .isInstanceOf(StoppedException.class);
            }
            for (Path chunk : chunks(name, state)) Harm.FLIPPED_BIT.on(chunk);
            assertThat(resume(name).mended()).isEqualTo(2);
            assertThat(redraws.result(name)).isEqualTo(expected);
        }
    }

    @Test
    void anotherUpscalerIsRefused() {
        create("other").close();
        UpscalerFormula.compact(upscaler, 9, 3, 2);
        assertThatThrownBy(() -> Job.open(redraws.job("other")))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(upscaler + " has changed since the job");
    }

    @Test
    void aFileThatIsNoUpscalerEndsTheRunInASentence() throws IOException {
        Files.writeString(upscaler, "no upscaler");
        try (Job job = create("none")) {
            assertThatThrownBy(() -> Redraws.run(job))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("upscaler.safetensors");
        }
    }

    private Job create(String name) {
        Request request = redraws.request(name, TILING, 2, 1.5)
                .each(pass -> pass.upscaled(new Upscaling(upscaler.toString(), "", 1, "f32")));
        return Job.create(redraws.job(name), request);
    }

    private RunStats resume(String name) {
        try (Job job = Job.open(redraws.job(name))) {
            return run(job, new Stop(), Progress.NONE);
        }
    }

    private static RunStats run(Job job, Stop stop, Progress progress) {
        return new RedrawRun(job, new TexturedRedrawer(), RunOptions.DEFAULT, progress, stop).run();
    }

    private List<Path> chunks(String job, String state) {
        try (Stream<Path> files = Files.walk(redraws.job(job).resolve("canvas/" + state + "/c"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
