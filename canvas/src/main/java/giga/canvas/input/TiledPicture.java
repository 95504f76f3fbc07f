package giga.canvas.input;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A picture file in tiles, read where it lies. Of tiles that can only be decoded whole the last ones stay in memory, as many as cross
 * the picture from side to side, so that who reads bands of the whole width has each tile decoded once.
 */
final class TiledPicture implements Picture {
    /** What a thread reads at a time of pixels that need no decoding. */
    private static final int PLAIN_SIDE = 512;

    private final RegionDecoder decoder;
    private final Header header;
    private final Function<Throwable, PictureException> unreadable;
    private final int tileWidth;
    private final int tileHeight;
    private final TileCache cache;

    /** @param unreadable tells which file a failure to decode belongs to */
    TiledPicture(RegionDecoder decoder, Function<Throwable, PictureException> unreadable) {
        this.decoder = decoder;
        this.header = decoder.header();
        this.unreadable = unreadable;
        this.tileWidth = decoder.decodesWholeTiles() ? decoder.tileWidth() : PLAIN_SIDE;
        this.tileHeight = decoder.decodesWholeTiles() ? decoder.tileHeight() : PLAIN_SIDE;
        boolean sideways = header.orientation().transposed();
        long line = sideways
                ? 3L * tileWidth * (header.height() + tileHeight)
                : 3L * tileHeight * (header.width() + tileWidth);
        this.cache = new TileCache(
                decoder.decodesWholeTiles()
                        ? Math.min(line, Runtime.getRuntime().maxMemory() / 8)
                        : 0,
                this::decode);
    }

    @Override
    public int width() {
        return header.orientation().width(header.width(), header.height());
    }

    @Override
    public int height() {
        return header.orientation().height(header.width(), header.height());
    }

    @Override
    public Pixels read(Region region) {
        if (!bounds().contains(region)) throw new IllegalArgumentException(region + " lies outside " + bounds());
        Region part = header.orientation().stored(region, header.width(), header.height());
        try {
            Pixels pixels = new Pixels(part.width(), part.height());
            tiles(part).parallelStream().forEach(tile -> copy(tile, part, pixels));
            return header.orientation().turn(pixels);
        } catch (DamagedTileException e) {
            throw unreadable.apply(e.getCause());
        } catch (OutOfMemoryError e) {
            throw unreadable.apply(e);
        }
    }

    private List<Region> tiles(Region part) {
        Region whole = new Region(0, 0, header.width(), header.height());
        List<Region> tiles = new ArrayList<>();
        for (int y = part.y() / tileHeight * tileHeight; y < part.bottom(); y += tileHeight)
            for (int x = part.x() / tileWidth * tileWidth; x < part.right(); x += tileWidth)
                tiles.add(new Region(x, y, tileWidth, tileHeight).intersection(whole));
        return tiles;
    }

    private void copy(Region tile, Region part, Pixels pixels) {
        Region common = tile.intersection(part);
        boolean whole = decoder.decodesWholeTiles() && !part.contains(tile);
        Region held = whole ? tile : common;
        Pixels source = whole ? cache.get(tile) : cache.find(tile).orElseGet(() -> decode(common));
        for (int y = common.y(); y < common.bottom(); y++)
            System.arraycopy(
                    source.rgb(),
                    3 * ((y - held.y()) * held.width() + common.x() - held.x()),
                    pixels.rgb(),
                    3 * ((y - part.y()) * part.width() + common.x() - part.x()),
                    3 * common.width());
    }

    private Pixels decode(Region part) {
        try {
            return decoder.read(part);
        } catch (Exception | StackOverflowError e) {
            throw new DamagedTileException(e);
        }
    }
}
