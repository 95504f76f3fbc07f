package giga.redraw;

import giga.canvas.Region;
import java.util.Arrays;

/**
 * A tile's result with its weights: the product over both axes of a ramp that rises from 0 at the edge of the tile's
 * {@link Tile#write} to 1 as far inside its core; 1 towards the canvas' rim.
 *
 * <p>The ramp is the smooth 3u² − 2u³, not a straight line: two textures mixed half and half look softer than either,
 * and the steeper middle keeps that strip narrow; where the tiles differ in tone it has no bend that the eye could follow.
 * Weights of two neighbours still add up to 1. Pixel centres count, so no pixel of {@code write} has weight 0.
 */
final class WeightedTile {
    private final Drawn drawn;
    private final Region part;
    private final float[] across;
    private final float[] down;

    /** @param region the part of the canvas that is settled; it touches the tile */
    WeightedTile(Drawn drawn, Region region) {
        Tile tile = drawn.tile();
        this.drawn = drawn;
        this.part = tile.write().intersection(region);
        if (!drawn.region().contains(part))
            throw new IllegalArgumentException(
                    "the result of tile %d covers %s, not %s".formatted(tile.index(), drawn.region(), part));
        Region core = tile.core();
        Region write = tile.write();
        float[] columns = ramp(write.width(), core.x() - write.x(), write.right() - core.right());
        this.across = new float[3 * part.width()];
        for (int i = 0; i < across.length; i++) across[i] = columns[part.x() - write.x() + i / 3];
        this.down = ramp(write.height(), core.y() - write.y(), write.bottom() - core.bottom());
    }

    Tile tile() {
        return drawn.tile();
    }

    /** What of the tile lies in the region. */
    Region part() {
        return part;
    }

    boolean covers(Region cell) {
        return part.contains(cell);
    }

    /** The samples of row {@code y} of the cell. */
    void copyRow(Region cell, int y, float[] values) {
        System.arraycopy(drawn.rgb(), sample(cell, y), values, 0, values.length);
    }

    /** Their weights. */
    void weighRow(Region cell, int y, float[] weights) {
        float row = down[y - tile().write().y()];
        int column = 3 * (cell.x() - part.x());
        for (int i = 0; i < weights.length; i++) weights[i] = across[column + i] * row;
    }

    /** Adds the weights of row {@code y} of the cell to {@code weights}, and weight times sample to {@code values}. */
    void addRow(Region cell, int y, float[] weights, float[] values) {
        float row = down[y - tile().write().y()];
        int column = 3 * (cell.x() - part.x());
        int from = sample(cell, y);
        float[] rgb = drawn.rgb();
        for (int i = 0; i < weights.length; i++) {
            float weight = across[column + i] * row;
            weights[i] += weight;
            values[i] += weight * rgb[from + i];
        }
    }

    private int sample(Region cell, int y) {
        Region region = drawn.region();
        return 3 * ((y - region.y()) * region.width() + cell.x() - region.x());
    }

    /** Weights of {@code length} pixels, with a rise over twice {@code left} and a fall over twice {@code right}. */
    static float[] ramp(int length, int left, int right) {
        float[] ramp = new float[length];
        Arrays.fill(ramp, 1);
        for (int i = 0; i < 2 * left; i++) ramp[i] = rise(i, left);
        for (int i = 0; i < 2 * right; i++) ramp[length - 1 - i] = rise(i, right);
        return ramp;
    }

    private static float rise(int pixel, int feather) {
        float u = (2 * pixel + 1) / (4f * feather);
        return u * u * (3 - 2 * u);
    }
}
