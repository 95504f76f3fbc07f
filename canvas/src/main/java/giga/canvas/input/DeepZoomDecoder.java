package giga.canvas.input;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A deep zoom picture: the tiles of its full size, in the folder beside its {@code .dzi} file that has its name and {@code _files}. */
final class DeepZoomDecoder implements RegionDecoder {
    private static final String ADVICE = "Copy its folder of tiles again, whole, or export the picture again.";

    private final DeepZoomDescriptor picture;
    private final InnerFiles tiles;
    private final Header header;

    DeepZoomDecoder(Path descriptor, FileBytes file) throws IOException {
        byte[] xml = new byte[(int) Math.min(file.size(), DeepZoomDescriptor.MAX_BYTES)];
        file.read(0, xml.length).get(xml);
        this.picture = DeepZoomDescriptor.parse(xml);
        this.tiles = new InnerFiles(tiles(descriptor));
        Optional<Path> first = tiles.find(name(0, 0));
        if (first.isEmpty()) throw missing(0, 0);
        PictureInfo tile = info(first.get());
        // Its profile and depth hold for all.
        this.header = new Header(
                PictureFormat.DZI,
                picture.width(),
                picture.height(),
                tile.bits(),
                tile.channels(),
                Orientation.UPRIGHT,
                OptionalDouble.empty(),
                tile.icc(),
                Map.of());
    }

    /** Where the tiles of a {@code .dzi} file lie. */
    static Path tiles(Path descriptor) throws IOException {
        String name = descriptor.getFileName().toString();
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        Path folder = descriptor.resolveSibling(stem + "_files");
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
            throw new UnreadableException(
                    "it describes a deep zoom picture, but the folder of its tiles, " + Words.brief(stem)
                            + "_files, is not beside it",
                    "Copy that folder too.");
        return folder;
    }

    private static PictureInfo info(Path tile) {
        try (PictureFile file = PictureFile.openTile(tile)) {
            return file.info();
        }
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public int tileWidth() {
        return Math.min(picture.tile(), picture.width());
    }

    @Override
    public int tileHeight() {
        return Math.min(picture.tile(), picture.height());
    }

    @Override
    public void read(Region part, Pixels into, int left, int top) throws IOException {
        int side = picture.tile();
        for (int row = part.y() / side; row <= (part.bottom() - 1) / side; row++)
            for (int column = part.x() / side; column <= (part.right() - 1) / side; column++)
                copyTile(column, row, part, into, left - part.x(), top - part.y());
    }

    /** @param right how much further right, and {@code down} how much further down, the pixels come to lie than they are stored */
    private void copyTile(int column, int row, Region part, Pixels into, int right, int down) throws IOException {
        int side = picture.tile();
        Region bounds = new Region(0, 0, picture.width(), picture.height());
        Region core = new Region(column * side, row * side, side, side).intersection(bounds);
        Region stored = core.grow(picture.overlap(), bounds);
        Pixels tile = tile(column, row, stored);
        Region common = core.intersection(part);
        for (int y = common.y(); y < common.bottom(); y++)
            System.arraycopy(
                    tile.rgb(),
                    3 * ((y - stored.y()) * stored.width() + common.x() - stored.x()),
                    into.rgb(),
                    3 * ((y + down) * into.width() + common.x() + right),
                    3 * common.width());
    }

    private Pixels tile(int column, int row, Region stored) throws IOException {
        Path file = tiles.find(name(column, row)).orElseThrow(() -> missing(column, row));
        try (PictureFile tile = PictureFile.openTile(file)) {
            PictureInfo info = tile.info();
            if (info.width() != stored.width() || info.height() != stored.height())
                throw new PictureException("%s: the tile has %dx%d pixels where the description says %dx%d. %s"
                        .formatted(file, info.width(), info.height(), stored.width(), stored.height(), ADVICE));
            return tile.read();
        }
    }

    private UnreadableException missing(int column, int row) {
        return new UnreadableException("its tile " + name(column, row) + " is missing", ADVICE);
    }

    private String name(int column, int row) {
        return picture.level() + "/" + column + "_" + row + "." + picture.suffix();
    }
}
