package giga.canvas.finish;

import java.util.Locale;

/** How a layer and what lies below it are mixed, by the formulas of W3C's Compositing and Blending Level 1. */
public enum Blend {
    NORMAL {
        @Override
        void mix(int[] below, int[] layer, int ahead, int first, int end, float opacity) {
            for (int i = first; i < end; i++) below[i] += (int) (opacity * (layer[i + ahead] - below[i]));
        }
    },
    MULTIPLY {
        @Override
        void mix(int[] below, int[] layer, int ahead, int first, int end, float opacity) {
            for (int i = first; i < end; i++) below[i] += (int) (opacity * below[i] * (layer[i + ahead] * UNIT - 1));
        }
    },
    SCREEN {
        @Override
        void mix(int[] below, int[] layer, int ahead, int first, int end, float opacity) {
            for (int i = first; i < end; i++) below[i] += (int) (opacity * layer[i + ahead] * (1 - below[i] * UNIT));
        }
    },
    OVERLAY {
        @Override
        void mix(int[] below, int[] layer, int ahead, int first, int end, float opacity) {
            for (int i = first; i < end; i++) {
                float b = below[i] * UNIT;
                float l = layer[i + ahead] * UNIT;
                float mixed = b <= 0.5f ? 2 * b * l : 1 - 2 * (1 - b) * (1 - l);
                below[i] += (int) (opacity * Tile.WHITE * (mixed - b));
            }
        }
    },
    SOFT_LIGHT {
        @Override
        void mix(int[] below, int[] layer, int ahead, int first, int end, float opacity) {
            for (int i = first; i < end; i++) {
                float b = below[i] * UNIT;
                float l = 2 * layer[i + ahead] * UNIT - 1;
                float lighter = b <= 0.25f ? ((16 * b - 12) * b + 4) * b : (float) Math.sqrt(b);
                float change = l <= 0 ? l * b * (1 - b) : l * (lighter - b);
                below[i] += (int) (opacity * Tile.WHITE * change);
            }
        }
    };

    private static final float UNIT = 1f / Tile.WHITE;

    /**
     * Mixes a row into the samples {@code first} to {@code end} of what lies below.
     *
     * @param ahead what to add to an index of {@code below} for the place in {@code layer}
     */
    abstract void mix(int[] below, int[] layer, int ahead, int first, int end, float opacity);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
