package giga.canvas.finish;

import giga.canvas.Pixels;
import giga.canvas.Region;

/** Lays a texture over a tile. */
final class TextureStage implements Stage {
    private final Surface surface;
    private final Blend blend;
    private final float opacity;
    private final int[] levels;
    private final int[][] layer = {{}, {}, {}};

    /** @param levels what becomes of each level of the texture, in 64ths */
    TextureStage(Surface surface, Texture texture, int[] levels) {
        this.surface = surface;
        this.blend = texture.blend();
        this.opacity = (float) texture.opacity();
        this.levels = levels;
    }

    /** Worked out once for all threads. */
    static int[] levels(Tone tone) {
        int[] levels = new int[256];
        for (int i = 0; i < levels.length; i++)
            levels[i] = tone.equals(Tone.NEUTRAL) ? Tile.ONE * i : (int) Math.rint(Tile.ONE * tone.of(i));
        return levels;
    }

    @Override
    public void apply(Tile tile) {
        int width = tile.stride() - 2 * tile.rim();
        if (layer[0].length < width) for (int c = 0; c < 3; c++) layer[c] = new int[width];
        Region part = new Region(tile.x() + tile.rim(), tile.y() + tile.rim(), width, tile.rows() - 2 * tile.rim());
        Pixels texture = surface.read(part);
        for (int row = 0; row < part.height(); row++) {
            look(texture.rgb(), 3 * row * width, layer[0], layer[1], layer[2], width, levels);
            int first = tile.first(tile.rim() + row);
            for (int c = 0; c < 3; c++) blend.mix(tile.planes[c], layer[c], -first, first, first + width, opacity);
        }
    }

    private static void look(byte[] rgb, int at, int[] red, int[] green, int[] blue, int count, int[] levels) {
        for (int i = 0; i < count; i++, at += 3) {
            red[i] = levels[rgb[at] & 0xFF];
            green[i] = levels[rgb[at + 1] & 0xFF];
            blue[i] = levels[rgb[at + 2] & 0xFF];
        }
    }
}
