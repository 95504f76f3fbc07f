package giga.redraw.run;

import giga.canvas.Pixels;
import giga.diffusion.Planes;
import giga.redraw.Pass;
import giga.redraw.Tile;
import java.util.List;

/**
 * A redrawer without networks: sharpens against the neighbours and lays a texture over it that is keyed by the place in
 * the picture. Like the networks it sees nothing beyond its read rectangle, so tiles disagree along their rims and
 * blending matters.
 */
final class TexturedRedrawer implements TileRedrawer {
    @Override
    public List<Planes> redraw(Pass pass, int phase, List<TileInput> batch) {
        return batch.stream().map(input -> redraw(pass.noiseKey(phase), input)).toList();
    }

    private static Planes redraw(int key, TileInput input) {
        Tile tile = input.tile();
        Pixels pixels = input.pixels();
        int width = pixels.width();
        int height = pixels.height();
        float[] values = new float[3 * width * height];
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int around = pixels.sample(Math.max(x - 1, 0), y, channel)
                            + pixels.sample(Math.min(x + 1, width - 1), y, channel)
                            + pixels.sample(x, Math.max(y - 1, 0), channel)
                            + pixels.sample(x, Math.min(y + 1, height - 1), channel);
                    float value = pixels.sample(x, y, channel);
                    values[(channel * height + y) * width + x] = value
                            + 0.7f * (value - around / 4f)
                            + texture(tile.read().x() + x, tile.read().y() + y, channel, key);
                }
            }
        }
        return new Planes(1, 3, height, width, values);
    }

    /** Between -12 and 12. */
    private static float texture(int x, int y, int channel, int key) {
        long hash = ((x * 1_000_003L + y) * 31 + channel) * 17 + key;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return ((hash >>> 40) / (float) (1 << 24) - 0.5f) * 24;
    }
}
