package giga.canvas.finish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlendTest {
    /** The formulas of W3C's Compositing and Blending Level 1, section 9.1, on levels from 0 to 1. */
    private static double formula(Blend blend, double below, double layer) {
        return switch (blend) {
            case NORMAL -> layer;
            case MULTIPLY -> below * layer;
            case SCREEN -> below + layer - below * layer;
            case OVERLAY -> hardLight(layer, below);
            case SOFT_LIGHT -> softLight(below, layer);
        };
    }

    private static double hardLight(double below, double layer) {
        return layer <= 0.5 ? formula(Blend.MULTIPLY, below, 2 * layer) : formula(Blend.SCREEN, below, 2 * layer - 1);
    }

    private static double softLight(double below, double layer) {
        if (layer <= 0.5) return below - (1 - 2 * layer) * below * (1 - below);
        double d = below <= 0.25 ? ((16 * below - 12) * below + 4) * below : Math.sqrt(below);
        return below + (2 * layer - 1) * (d - below);
    }

    @ParameterizedTest
    @EnumSource
    void everyPairOfLevelsIsMixedAsTheStandardHasIt(Blend blend) {
        for (double opacity : new double[] {0.3, 0.55, 1})
            for (int below = 0; below < 256; below++) {
                int[] row = new int[256];
                int[] layer = new int[256 + 3];
                for (int i = 0; i < 256; i++) {
                    row[i] = Tile.ONE * below;
                    layer[i + 3] = Tile.ONE * i;
                }
                blend.mix(row, layer, 3, 0, 256, (float) opacity);
                for (int i = 0; i < 256; i++) {
                    double mixed = formula(blend, below / 255.0, i / 255.0);
                    double expected = Tile.WHITE * ((1 - opacity) * below / 255.0 + opacity * mixed);
                    assertThat((double) row[i])
                            .as("%s of %d over %d", blend, i, below)
                            .isBetween(Math.max(0, expected - 1.01), Math.min(Tile.WHITE, expected + 1.01));
                }
            }
    }
}
