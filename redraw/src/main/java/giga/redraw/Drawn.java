package giga.redraw;

import giga.canvas.Region;

/**
 * What the networks made of a tile, or a part of it.
 *
 * @param region where on the canvas the samples lie
 * @param rgb samples 0 to 255, interleaved, row by row: channel c of pixel (x, y) of the region is
 *     {@code rgb[3 * (y * region.width() + x) + c]}
 */
public record Drawn(Tile tile, Region region, float[] rgb) {
    public Drawn {
        if (rgb.length != 3 * region.area())
            throw new IllegalArgumentException(rgb.length + " samples for region " + region);
    }

    /** A tile's whole result: the pixels of {@link Tile#write}. */
    public Drawn(Tile tile, float[] rgb) {
        this(tile, tile.write(), rgb);
    }
}
