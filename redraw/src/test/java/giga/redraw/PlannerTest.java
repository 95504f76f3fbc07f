package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlannerTest {
    @Test
    void theSeedsPosterTakesThreePasses() {
        Request request = TestRequests.of(TestRequests.poster(0), 3, 2);
        Plan plan = Planner.plan(request, 1024, 1408);
        assertThat(plan.passes()).extracting(Pass::tileCount).containsExactly(3 * 4, 6 * 8, 11 * 15);
        assertThat(plan.passes()).extracting(Pass::width).containsExactly(2048, 4096, 8192);
        assertThat(plan.passes()).extracting(Pass::height).containsExactly(2816, 5632, 11264);
        assertThat(plan.tileCount()).isEqualTo(225);
        assertThat(request.unetCalls(plan)).isEqualTo(225 * 34);
        assertThat(plan.networkMegapixels()).isEqualTo(225 * 896 * 896 / 1e6);
    }

    @Test
    void sizesAreRoundedToWholePixelsPassByPass() {
        Plan plan = Planner.plan(TestRequests.of(TestRequests.poster(0), 2, 1.1), 1005, 333);
        assertThat(plan.passes()).extracting(Pass::width).containsExactly(1106, 1217); // 1105.5, 1216.6
        assertThat(plan.passes()).extracting(Pass::height).containsExactly(366, 403); // 366.3, 402.6
        assertThat(Planner.plan(TestRequests.of(TestRequests.poster(0), 3, 1), 7, 4000)
                        .passes())
                .extracting(Pass::height)
                .containsExactly(4000, 4000, 4000);
    }

    @Test
    void batchesAreCountedPerPhase() {
        Request.Tiling tiling = new Request.Tiling(768, 128, 0, Request.Order.CHESS, 16, 4);
        assertThat(Planner.plan(TestRequests.of(tiling, 1, 2), 1024, 1408).batchCount())
                .isEqualTo(2 + 2);
    }

    @Test
    void aPhaseHoldsTwoCanvasesAndItsResultsOnDisk() {
        Request request = TestRequests.of(TestRequests.poster(64), 1, 2);
        Plan plan = Planner.plan(request, 256, 256);
        assertThat(request.peakDiskBytes(plan)).isEqualTo(2 * 3 * 512 * 512 + 6 * 512 * 512);
    }

    /** The results of all tiles at once would be as much again as the canvas, or twice that. */
    @ParameterizedTest
    @EnumSource
    void aJobTakesLittleMoreThanTwoCanvases(Request.Order order) {
        Request.Tiling tiling = new Request.Tiling(768, 128, 32, order, 16, 1);
        Request request = TestRequests.of(tiling, 1, 2);
        long canvas = 3L * 16384 * 20480;
        assertThat(request.peakDiskBytes(Planner.plan(request, 8192, 10240)))
                .isBetween((long) (1.9 * canvas), (long) (2.45 * canvas));
    }

    @Test
    void latentsComeBesides() {
        Request request = TestRequests.of(TestRequests.poster(0), 1, 2);
        Request shifted = request.each(pass -> pass.tiled(pass.tiling().joining(Join.SHIFTED)));
        int calls = request.passes().getFirst().denoiserCalls();
        long latents = 4L * 4 * 8192 * 10240 / 64;
        assertThat(shifted.peakDiskBytes(Planner.plan(shifted, 4096, 5120)))
                .isGreaterThan(2L * 3 * 8192 * 10240 + (calls + 1) * latents);
    }

    @Test
    void refusesCanvasesThatAreTooLarge() {
        Request request = TestRequests.of(TestRequests.poster(0), 16, 16);
        assertThatThrownBy(() -> Planner.plan(request, 1024, 1024))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("pass 3 would have 4194304x4194304 pixels");
        assertThatThrownBy(() -> Planner.plan(request, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(": the picture would have");
        assertThatThrownBy(() -> Planner.plan(request, 0, 5)).isInstanceOf(JobException.class);
    }

    @Test
    void refusesMoreTilesThanAPlanShouldHold() {
        Request.Tiling tiny = new Request.Tiling(64, 0, 0, Request.Order.CHESS, 16, 1);
        assertThatThrownBy(() -> Planner.plan(TestRequests.of(tiny, 1, 2), 100_000, 100_000))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("use a larger tile");
    }

    @Test
    void aGigapixelPictureHasThousandsOfTiles() {
        Plan plan = Planner.plan(TestRequests.of(TestRequests.poster(64), 1, 1), 32768, 40960);
        assertThat(plan.tileCount()).isEqualTo(43 * 54);
    }

    @Test
    void theJsonFormHasTilesInPhasesInPasses() {
        Plan plan = Planner.plan(TestRequests.of(TestRequests.poster(16), 2, 2), 1000, 600);
        JsonNode pass = JsonMapper.shared().readTree(PlanJson.write(plan)).at("/passes/1");
        assertThat(pass.at("/width").asInt()).isEqualTo(4000);
        assertThat(pass.at("/phases/1/name").asString()).isEqualTo("odd");
        Tile tile = plan.passes().get(1).phases().get(1).tiles().getFirst();
        assertThat(pass.at("/phases/1/tiles/0/read").toString())
                .isEqualTo("[%d,0,896,896]".formatted(tile.read().x()));
        assertThat(pass.at("/phases/1/tiles/0/core").valueStream().map(JsonNode::asInt))
                .containsExactly(
                        tile.core().x(), 0, tile.core().width(), tile.core().height());
    }

    @Test
    void aPlanIsReadBackAsItWasWritten() {
        Plan plan = Planner.plan(TestRequests.of(TestRequests.poster(16), 2, 1.5), 1001, 3);
        assertThat(PlanJson.read(PlanJson.write(plan), "plan.json")).isEqualTo(plan);
    }

    @Test
    void refusesTextThatIsNoPlan() {
        String plan = PlanJson.write(Planner.plan(TestRequests.of(TestRequests.poster(16), 1, 2), 1001, 1001));
        String[] damaged = {
            "",
            "null",
            "[]",
            "{}",
            plan.substring(1),
            plan.substring(0, plan.length() / 2),
            plan.replace("[0,0,896,896]", "[0,0,896]"),
            plan.replace("[0,0,896,896]", "[0,0,896,-896]"),
            plan.replace("[0,0,896,896]", "[0,0,9999999999,896]"),
            plan.replace("[0,0,896,896]", "null"),
            plan.replace("\"tile\":768", "\"tile\":7"),
            plan.replace("\"tile\":768,", ""),
            plan.replace("\"width\":2002", "\"width\":20"),
            plan.replace("\"width\":2002", "\"width\":2003"),
            plan.replaceFirst("\\{\"index\":0,.*?\\},", ""),
            plan.replaceFirst("\"core\":\\[0,0,(\\d+)", "\"core\":[0,0,1$1")
        };
        for (String text : damaged) {
            assertThatThrownBy(() -> PlanJson.read(text, "plan.json"))
                    .describedAs(text)
                    .isInstanceOf(JobException.class)
                    .hasMessageStartingWith("plan.json is not a plan");
        }
    }

    @Test
    void aMutatedPlanIsReadOrRefusedAndNothingElse() {
        String plan = PlanJson.write(Planner.plan(TestRequests.of(TestRequests.poster(16), 1, 2), 1001, 1001));
        String alphabet = "0123456789-.eE[]{},:\"nul tilephasrdco\\\u00e9";
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder(plan);
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(text.length() - 10);
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    case 1 -> text.delete(at, at + 1 + random.nextInt(9));
                    default -> text.insert(at, text.substring(at, at + 1 + random.nextInt(9)));
                }
            }
            try {
                PlanJson.read(text.toString(), "plan.json");
            } catch (JobException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(5_000, 9_999);
    }
}
