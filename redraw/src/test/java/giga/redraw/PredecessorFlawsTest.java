package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.Region;
import giga.redraw.inspect.Coverage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the geometry of Gigadiffusion and Ultimate SD Upscale fails, next to ours on the same picture. */
class PredecessorFlawsTest {
    /**
     * Crops of one colour overlap in their corners. Within a batch none has seen the others' results, and each is pasted
     * whole, so the later lays the picture as it was over the corner that the earlier has drawn.
     */
    @ParameterizedTest
    @CsvSource({
        "8192, 10240, 512,  8, 0.083",
        "8192, 10240, 512, 16, 1.079",
        "8192, 11264, 512,  8, 0.084",
        "4096,  5632, 512,  8, 0.710",
        "4096,  5632, 768,  4, 0.266",
        "2048,  2816, 512,  4, 0.213"
    })
    void staleCornersKeepSomePerMilleAndOursNone(int width, int height, int tile, int batch, double percent) {
        Predecessor predecessor = new Predecessor(width, height, tile, 128, batch);
        assertThat(100 * predecessor.neverRedrawn()).isCloseTo(percent, within(0.001));
        for (Layout layout : Layout.values()) {
            Pass pass = pass(layout, width, height, tile, batch);
            Coverage coverage = Coverage.of(
                    new Region(0, 0, width, height),
                    pass.phases().stream()
                            .flatMap(phase -> phase.tiles().stream())
                            .map(Tile::core)
                            .toList());
            assertThat(coverage.share()).isEqualTo(1);
            assertThat(coverage.isPartition()).isTrue();
        }
    }

    /** Masks at the rim differ, and a batch ends wherever the next mask differs. */
    @ParameterizedTest
    @CsvSource({
        " 8192, 10240, 512, 8,  80,  40",
        " 8192, 11264, 512, 8,  88,  44",
        " 8192, 10240, 512, 4, 120,  80",
        "16384, 20480, 512, 8, 240, 160"
    })
    void raggedBatchesTakeMoreJobsAndOursAreFull(
            int width, int height, int tile, int batch, int jobs, int fullBatches) {
        assertThat(new Predecessor(width, height, tile, 128, batch).jobs()).isEqualTo(jobs);
        Pass pass = pass(Layout.GIGA, width, height, tile, batch);
        int ours = 0;
        for (Phase phase : pass.phases()) {
            ours += phase.batches(batch).size();
            assertThat(phase.batches(batch).subList(0, phase.tiles().size() / batch))
                    .allMatch(tiles -> tiles.size() == batch);
        }
        assertThat(ours).isEqualTo(fullBatches);
    }

    /**
     * Ultimate SD Upscale adds its padding to both sides of a tile, but once to what is processed, so crops are made
     * smaller; at the rim, where the rest of a tile is cropped, they are made larger.
     */
    @ParameterizedTest
    @CsvSource({
        "512,  64, 2304, 0.900, 1.800",
        "512, 128, 2304, 0.833, 1.667",
        "768,  64, 2560, 0.929, 2.600",
        "768, 128, 2560, 0.875, 2.333",
        "512,  64, 4200, 0.900, 3.429"
    })
    void cropsAreResampledInSilenceAndOursNever(int tile, int padding, int side, double inner, double corner) {
        double processed = Math.ceilDiv(tile + padding, 64) * 64;
        int rest = side % tile;
        assertThat(processed / (tile + 2 * padding)).isCloseTo(inner, within(0.001));
        assertThat(processed / (rest + padding)).isCloseTo(corner, within(0.001));
        for (Layout layout : Layout.values()) {
            for (Phase phase : pass(layout, side, side, tile, 8).phases()) {
                for (Tile each : phase.tiles()) {
                    Region read = each.read();
                    assertThat(Padding.of(read.width(), read.height()).isNone()).isTrue();
                    assertThat(read.width()).isEqualTo(Math.ceilDiv(tile + 128, 64) * 64);
                    assertThat(read.height()).isEqualTo(read.width());
                }
            }
        }
    }

    private static Pass pass(Layout layout, int width, int height, int tile, int batch) {
        Request.Tiling tiling = new Request.Tiling(tile, 128, 32, Request.Order.CHESS, 16, batch, layout, Join.PIXELS);
        return Planner.plan(TestRequests.of(tiling, 1, 1), width, height)
                .passes()
                .getFirst();
    }
}
