package giga.canvas.input;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A picture file in tiles, read where it lies. Of tiles that can only be decoded whole the last ones stay in memory, three times as many as cross
 * the picture from side to side, so that who reads bands of the whole width has each tile decoded once.
 */
final class TiledPicture implements Picture {
    /** What a thread reads at a time of pixels that need no decoding. */
    private static final int PLAIN_SIDE = 512;

    /** Of tiles: a band that is read with some rows around it touches the last ones of the line above it and the first below. */
    private static final int LINES = 3;

    private static final int TILES_TOGETHER = 4;

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
                        ? Math.min(LINES * line, Runtime.getRuntime().maxMemory() / 8)
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
            groups(part).parallelStream().forEach(group -> copy(group, part, pixels));
            return header.orientation().turn(pixels);
        } catch (DamagedTileException e) {
            throw unreadable.apply(e.getCause());
        } catch (OutOfMemoryError e) {
            throw unreadable.apply(e);
        }
    }

    /** The tiles that a part touches, a few of a row together, for threads to share. */
    private List<Region> groups(Region part) {
        int step = Math.multiplyExact(TILES_TOGETHER, tileWidth);
        int right = (int) Math.min((part.right() + tileWidth - 1L) / tileWidth * tileWidth, header.width());
        List<Region> groups = new ArrayList<>();
        for (int y = part.y() / tileHeight * tileHeight; y < part.bottom(); y += tileHeight)
            for (int x = part.x() / tileWidth * tileWidth; x < right; x += step)
                groups.add(new Region(x, y, Math.min(step, right - x), Math.min(tileHeight, header.height() - y)));
        return groups;
    }

    /** Tiles that lie within the part as a whole, one after the other, are decoded straight to their place. */
    private void copy(Region group, Region part, Pixels pixels) {
        int straight = group.x();
        for (int x = group.x(); x < group.right(); x += tileWidth) {
            Region tile = new Region(x, group.y(), Math.min(tileWidth, group.right() - x), group.height());
            boolean inPieces = decoder.decodesWholeTiles() && !part.contains(tile);
            Optional<Pixels> held = inPieces ? Optional.of(cache.get(tile)) : cache.find(tile);
            if (held.isEmpty()) continue;
            decode(group, straight, x, part, pixels);
            straight = tile.right();
            copy(held.get(), tile, part, pixels);
        }
        decode(group, straight, group.right(), part, pixels);
    }

    private void decode(Region group, int left, int right, Region part, Pixels pixels) {
        if (left >= right) return;
        Region common = new Region(left, group.y(), right - left, group.height()).intersection(part);
        try {
            decoder.read(common, pixels, common.x() - part.x(), common.y() - part.y());
        } catch (Exception | StackOverflowError e) {
            throw new DamagedTileException(e);
        }
    }

    private static void copy(Pixels tile, Region place, Region part, Pixels pixels) {
        Region common = place.intersection(part);
        for (int y = common.y(); y < common.bottom(); y++)
            System.arraycopy(
                    tile.rgb(),
                    3 * ((y - place.y()) * place.width() + common.x() - place.x()),
                    pixels.rgb(),
                    3 * ((y - part.y()) * part.width() + common.x() - part.x()),
                    3 * common.width());
    }

    private Pixels decode(Region tile) {
        try {
            return decoder.read(tile);
        } catch (Exception | StackOverflowError e) {
            throw new DamagedTileException(e);
        }
    }
}
