package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.redraw.Phase.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassTest {
    private static final Region CANVAS = new Region(0, 0, 128, 64);
    private static final Phase LEFT = phase(Kind.DRAW, tile(0, new Region(0, 0, 64, 64), new Region(0, 0, 64, 64)));
    private static final Phase RIGHT = phase(Kind.DRAW, tile(1, new Region(64, 0, 64, 64), new Region(64, 0, 64, 64)));
    private static final Phase SEAM = phase(Kind.SEAM, tile(2, new Region(32, 0, 64, 64), new Region(48, 0, 32, 64)));

    @Test
    void tilesThatDrawPartitionTheCanvasAndSeamsLieOverIt() {
        assertThat(pass(LEFT, RIGHT, SEAM, SEAM).tileCount()).isEqualTo(4);
        assertThat(pass(SEAM).tileCount()).isEqualTo(1);
        assertThatThrownBy(() -> pass(LEFT, SEAM)).hasMessageContaining("cover 4096 of the canvas' 8192 pixels");
        assertThatThrownBy(() -> pass(LEFT, LEFT, RIGHT))
                .hasMessageContaining("cover 12288 of the canvas' 8192 pixels");
    }

    @Test
    void everySeamPhaseHasNoiseOfItsOwn() {
        Pass pass = new Pass(3, 128, 64, TestRequests.poster(0), List.of(LEFT, RIGHT, SEAM, SEAM));
        assertThat(new int[] {pass.noiseKey(0), pass.noiseKey(1), pass.noiseKey(2), pass.noiseKey(3)})
                .containsExactly(3, 3, 3 | 1 << 8, 3 | 2 << 8);
        assertThat(pass(SEAM).noiseKey(0)).isEqualTo(1 << 8);
    }

    @Test
    void readsHaveOneSizePerPhase() {
        assertThatThrownBy(() -> phase(
                        Kind.SEAM,
                        tile(0, new Region(0, 0, 64, 64), new Region(0, 0, 64, 64)),
                        tile(1, new Region(64, 0, 32, 64), new Region(64, 0, 32, 64))))
                .hasMessageContaining("another size");
    }

    /** What seams of a job without drawing lie over was drawn by another: nothing of it may be cut away. */
    @Test
    void seamsFadeOutTowardsTheEdgeEvenWhereThisPassHasDrawnNothing() {
        Pass pass = pass(phase(
                Kind.SEAM,
                new Tile(0, 0, 0, new Region(32, 0, 64, 64), new Region(48, 0, 32, 64), new Region(32, 0, 64, 64))));
        float[] white = new float[3 * 64 * 64];
        Arrays.fill(white, 255);
        Drawn drawn = new Drawn(pass.phases().getFirst().tiles().getFirst(), white);
        Pixels settled = new Blend(pass, 0).settle(CANVAS, new Pixels(128, 64), List.of(drawn));
        assertThat(settled.sample(31, 9, 0)).isZero();
        assertThat(settled.sample(32, 9, 0)).isZero();
        assertThat(settled.sample(48, 9, 0)).isBetween(125, 140);
        assertThat(settled.sample(64, 9, 0)).isEqualTo(255);
        assertThat(settled.sample(95, 9, 0)).isZero();
    }

    private static Pass pass(Phase... phases) {
        return new Pass(0, CANVAS.width(), CANVAS.height(), TestRequests.poster(0), List.of(phases));
    }

    private static Phase phase(Kind kind, Tile... tiles) {
        return new Phase("some", kind, List.of(tiles));
    }

    private static Tile tile(int index, Region read, Region core) {
        return new Tile(index, 0, 0, read, core, core);
    }
}
