package giga.canvas.dezoom.format;

import giga.canvas.PictureException;
import giga.canvas.Region;
import java.util.List;

/**
 * One size in which a picture lies on a server, cut into tiles.
 *
 * @param title of the picture; may be empty
 * @param width in pixels; height likewise
 * @param tileWidth of the grid, without what tiles share; tileHeight likewise
 * @param overlap pixels that a tile has of its neighbours on each side that has one
 * @param ways to name tiles: where a server refuses the first, the next is tried
 */
public record Level(String title, int width, int height, int tileWidth, int tileHeight, int overlap, List<Tiles> ways) {
    private static final int LONGEST_SIDE = 300_000;
    private static final int LARGEST_TILE = 32_768;
    private static final int MOST_TILES = 4_000_000;

    /** @throws PictureException when no picture can have these sizes */
    public Level {
        ways = List.copyOf(ways);
        if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE)
            throw new PictureException("a level of %dx%d pixels; sides from 1 to %d can be fetched"
                    .formatted(width, height, LONGEST_SIDE));
        if (tileWidth < 1 || tileHeight < 1 || overlap < 0 || overlap > Math.min(tileWidth, tileHeight))
            throw new PictureException("tiles of %dx%d pixels that share %d".formatted(tileWidth, tileHeight, overlap));
        if (Math.min(tileWidth, width) > LARGEST_TILE || Math.min(tileHeight, height) > LARGEST_TILE)
            throw new PictureException("tiles of %dx%d pixels are too large; %d a side can be fetched"
                    .formatted(tileWidth, tileHeight, LARGEST_TILE));
        long tiles = (long) Math.ceilDiv(width, tileWidth) * Math.ceilDiv(height, tileHeight);
        if (tiles > MOST_TILES)
            throw new PictureException("%d tiles; %d at most can be fetched".formatted(tiles, MOST_TILES));
    }

    /** One whose tiles have one kind of address. */
    public Level(String title, int width, int height, int tile, int overlap, Tiles tiles) {
        this(title, width, height, tile, tile, overlap, List.of(tiles));
    }

    public int columns() {
        return Math.ceilDiv(width, tileWidth);
    }

    public int rows() {
        return Math.ceilDiv(height, tileHeight);
    }

    public int tileCount() {
        return columns() * rows();
    }

    public long area() {
        return (long) width * height;
    }

    /** The pixels that a tile is responsible for: its cell of the grid, cut at the rim. */
    public Region cell(int column, int row) {
        return new Region(column * tileWidth, row * tileHeight, tileWidth, tileHeight)
                .intersection(new Region(0, 0, width, height));
    }

    /** The pixels that a tile has, with those of its neighbours. */
    public Region stored(int column, int row) {
        return cell(column, row).grow(overlap, new Region(0, 0, width, height));
    }

    @Override
    public String toString() {
        return "%dx%d, %d %s".formatted(width, height, tileCount(), tileCount() == 1 ? "tile" : "tiles");
    }
}
