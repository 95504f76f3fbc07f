package giga.redraw.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import giga.redraw.Join;
import giga.redraw.PassSettings;
import giga.redraw.Plan;
import giga.redraw.Planner;
import giga.redraw.Request;
import giga.redraw.Result;
import giga.redraw.TestRequests;
import giga.redraw.job.Job;
import giga.redraw.run.Redraws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastTest {
    private static final Calibration TILE = new Calibration(1, 2, 3, 5e11);
    private static final Rehearsal AROUND = new Rehearsal(0.01, 0.02, 0.1, 0.05);

    @TempDir
    Path folder;

    /** Encode, the calls of the sampler, decode for every tile, and what goes on around. */
    @Test
    void timeIsTheNetworksAndWhatGoesOnAroundThem() {
        Request request = request(Join.PIXELS);
        Plan plan = Planner.plan(request, 1000, 800);
        int calls = request.passes().getFirst().denoiserCalls();
        double around = 0.01 * 0.8 + 0.02 * 3.2 + 0.1 * plan.networkMegapixels() + 0.05 * 3.2;
        double expected = plan.tileCount() * (1 + calls * 2.0 + 3) + around;
        Estimate estimate = Estimate.of(plan, request, Optional.of(trial(request, plan)));
        assertThat(estimate.seconds().orElseThrow()).isCloseTo(expected, Percentage.withPercentage(0.01));
        assertThat(estimate.unetCalls())
                .isEqualTo(
                        (long) plan.tileCount() * request.passes().getFirst().unetCalls(giga.redraw.Phase.Kind.DRAW));
    }

    @Test
    void shiftedWindowsCallTheUnetLessOften() {
        Request pixels = request(Join.PIXELS);
        Request shifted = request(Join.SHIFTED);
        Plan plan = Planner.plan(shifted, 4096, 5120);
        assertThat(shifted.unetCalls(plan)).isLessThan(pixels.unetCalls(Planner.plan(pixels, 4096, 5120)) * 9 / 10);
    }

    @Test
    void theHeapGrowsNoFurtherThanItMay() {
        Request request = request(Join.PIXELS);
        Trial trial = trial(request, Planner.plan(request, 8192, 8192));
        assertThat(trial.peakMebibytes(Planner.plan(request, 8192, 8192))).isEqualTo(700);
        assertThat(trial.peakMebibytes(Planner.plan(request, 300, 300))).isBetween(401L, 450L);
    }

    @Test
    void aRehearsalLeavesNothingBehindAndFindsThatEverythingTakesTime() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long before = rehearsals(temporary);
        Redraws redraws = Redraws.in(folder);
        Rehearsal rehearsal = Rehearsal.of(redraws.request("wide", Redraws.TILING, 3, 2));
        assertThat(rehearsal.decode()).isPositive();
        assertThat(rehearsal.enlarge()).isPositive();
        assertThat(rehearsal.around()).isPositive();
        assertThat(rehearsal.export()).isPositive();
        assertThat(rehearsals(temporary)).isEqualTo(before);
        assertThat(redraws.output("wide")).doesNotExist();
    }

    @Test
    void aJobRemembersWhatItWasToTakeAndTook() {
        Redraws redraws = Redraws.in(folder);
        try (Job job = redraws.create("remembered")) {
            assertThat(Forecast.of(job)).isEqualTo(Forecast.NONE);
            Estimate estimate = Estimate.of(job.plan(), job.request(), Optional.of(trial(job.request(), job.plan())));
            Forecast.NONE.predicting(estimate).write(job);
            Forecast.of(job).after(new Forecast.Figures(10, 5, 300, 7_000_000)).write(job);
            Forecast.of(job).after(new Forecast.Figures(11, 6, 200, 9_000_000)).write(job);
            assertThat(Forecast.of(job).actual()).contains(new Forecast.Figures(21, 11, 300, 9_000_000));
            assertThat(Forecast.of(job).text().orElseThrow())
                    .contains("predicted ", "took 21 UNet calls, 11 s, 300 MiB of memory, 9 MB of disk");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ this is no forecast",
                "",
                "null",
                "{}",
                "[]",
                "{\"predicted\": null, \"actual\": null}",
                "{\"predicted\": 5}",
                "{\"actual\": {\"seconds\": \"long\"}}"
            })
    void nothingHangsOnAForecastThatIsDamaged(String json) {
        Redraws redraws = Redraws.in(folder);
        try (Job job = redraws.create("damaged")) {
            job.noteForecast(json);
            assertThat(Forecast.of(job)).isEqualTo(Forecast.NONE);
            assertThat(Forecast.of(job).text()).isEmpty();
            Forecast.Figures run = new Forecast.Figures(10, 5, 300, 7_000_000);
            Forecast.of(job).after(run).write(job);
            assertThat(Forecast.of(job).actual()).contains(run);
        }
    }

    @Test
    void theDiskIsCountedOnceForWhatHasTwoNames() throws IOException {
        Path file = Files.write(folder.resolve("a"), new byte[1000]);
        Files.createLink(folder.resolve("b"), file);
        Files.write(Files.createDirectory(folder.resolve("c")).resolve("d"), new byte[500]);
        assertThat(DiskWatch.bytes(folder)).isEqualTo(1500);
    }

    private static Trial trial(Request request, Plan plan) {
        double pixels = plan.passes().getLast().phases().getFirst().networkPixels();
        Networks.Kind kind = Networks.Kind.of(request.passes().getLast());
        return new Trial(new Networks(Map.of(kind, new Networks.Measured(TILE, pixels))), AROUND, 400, 300);
    }

    private Request request(Join join) {
        Request.Tiling tiling = new Request.Tiling(768, 128, 32, Request.Order.CHESS, 16, 1).joining(join);
        PassSettings pass =
                TestRequests.pass(TestRequests.diffusion("model", "waves"), tiling, Request.Seams.NONE, 2, true);
        return new Request("in.png", "out.png", Result.PLAIN, 1, pass);
    }

    private static long rehearsals(Path temporary) throws IOException {
        try (var files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("giga-plan"))
                    .count();
        }
    }
}
