package giga.canvas.input;

import static giga.canvas.input.TiffDirectory.*;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * TIFF 6.0 and BigTIFF, first page only, a row of strips or tiles at a time. The library that decodes them walks through everything above
 * a region; so it is shown, for each such row, a file with the same data whose directory lists nothing else.
 */
final class TiffDecoder implements RowDecoder {
    /** Fields that say how to decode; profiles, thumbnails, EXIF and all else is kept from the library. */
    private static final Set<Integer> DECODING = Set.of(
            WIDTH,
            BITS_PER_SAMPLE,
            COMPRESSION,
            PHOTOMETRIC,
            266,
            SAMPLES_PER_PIXEL,
            PLANAR,
            292,
            293,
            317,
            320,
            TILE_WIDTH,
            TILE_HEIGHT,
            332,
            334,
            338,
            339,
            347,
            529,
            530,
            531,
            532);

    private static final Map<Integer, String> UNSUPPORTED =
            Map.of(6, "old-style JPEG", 34712, "JPEG 2000", 34925, "LZMA", 50001, "WebP", 52546, "JPEG XL");

    private static final Set<Integer> SUPPORTED = Set.of(1, 2, 3, 4, 5, 7, 8, 32773, 32946, 50000);

    private static final int JPEG = 7;
    private static final int ZSTD = 50000;

    private final FileChannel file;
    private final TiffDirectory directory;
    private final Header header;
    private final Optional<byte[]> icc;
    private final int compression;
    private final boolean tiled;
    private final int tilesAcross;
    private final int planes;
    private final long bitsPerPixel;

    /** The decoder of this TIFF: tile by tile where that is possible. */
    static Decoder open(FileChannel file) throws IOException {
        FileBytes bytes = FileBytes.of(file);
        TiffDirectory directory = TiffDirectory.read(bytes);
        TiffDecoder whole = new TiffDecoder(file, directory);
        Optional<TiffLayout> layout = TiffLayout.of(directory, bytes);
        if (layout.isEmpty() && whole.compression == ZSTD)
            throw new UnreadableException(
                    "its Zstandard compression is read here only with samples of 8 or 16 bits in tiles of up to 64 MiB",
                    "Save it with LZW or Deflate compression.");
        return layout.isEmpty() ? whole : new TiffTiles(bytes, whole.header, layout.get(), directory);
    }

    private TiffDecoder(FileChannel file, TiffDirectory directory) throws IOException {
        this.file = file;
        this.directory = directory;
        long width = directory.number(WIDTH, 0);
        long height = directory.number(HEIGHT, 0);
        Limits.checkSides(width, height);
        long channels = directory.number(SAMPLES_PER_PIXEL, 1);
        long bits = directory.number(BITS_PER_SAMPLE, 1);
        if (channels < 1 || channels > 32 || bits < 1 || bits > 64)
            throw new IOException("it states " + channels + " channels of " + bits + " bits");
        this.compression = (int) directory.number(COMPRESSION, 1);
        if (!SUPPORTED.contains(compression))
            throw new UnreadableException(
                    "its compression (" + UNSUPPORTED.getOrDefault(compression, "number " + compression)
                            + ") is not read here",
                    "Save it with LZW or Deflate compression.");
        this.bitsPerPixel = channels * bits;
        this.planes = directory.number(PLANAR, 1) == 2 ? (int) channels : 1;
        this.tiled = directory.has(TILE_OFFSETS);
        this.tilesAcross = tiled ? (int) ((width + tileSide(TILE_WIDTH) - 1) / tileSide(TILE_WIDTH)) : 1;
        this.icc = directory.bytes(ICC, IccProfiles.MAX_BYTES);
        Exif exif = Exif.of(directory);
        this.header = new Header(
                PictureFormat.TIFF,
                (int) width,
                (int) height,
                (int) bits,
                (int) channels,
                exif.orientation(),
                exif.dpi(),
                icc,
                exif.texts());
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public boolean holdsWhole() {
        return true;
    }

    @Override
    public void decode(RowSink rows) throws IOException {
        RasterRows raster = new RasterRows(icc);
        long[] offsets = directory.numbers(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
        long[] counts = directory.numbers(tiled ? TILE_BYTE_COUNTS : STRIP_BYTE_COUNTS);
        int rowsPerTile = rowsPerTile();
        if (isOneStripOfPlainRows(offsets, rowsPerTile)) {
            rowsPerTile = bandRows();
            offsets = plainStrips(offsets[0], rowsPerTile);
            counts = plainStripSizes(rowsPerTile);
        }
        int tilesDown = (header.height() + rowsPerTile - 1) / rowsPerTile;
        if (offsets.length < (long) tilesDown * tilesAcross * planes)
            throw new IOException("it lists " + offsets.length + " strips or tiles, too few for its size");
        int tilesAtOnce = Math.max(1, bandRows() / rowsPerTile);
        for (int first = 0; first < tilesDown; first += tilesAtOnce) {
            int last = Math.min(tilesDown, first + tilesAtOnce);
            int height = (int) Math.min((long) last * rowsPerTile, header.height()) - first * rowsPerTile;
            Map<Integer, long[]> changed = new HashMap<>();
            changed.put(HEIGHT, new long[] {height});
            changed.put(tiled ? TILE_OFFSETS : STRIP_OFFSETS, between(offsets, first, last, tilesDown));
            if (counts.length == offsets.length)
                changed.put(tiled ? TILE_BYTE_COUNTS : STRIP_BYTE_COUNTS, between(counts, first, last, tilesDown));
            if (!tiled) changed.put(ROWS_PER_STRIP, new long[] {rowsPerTile});
            decodePart(changed, height, raster, rows);
        }
    }

    private int tileSide(int tag) throws IOException {
        long side = directory.number(tag, 0);
        if (side < 1 || side > 1 << 16) throw new IOException("it states tiles with a side of " + side + " pixels");
        return (int) side;
    }

    private int rowsPerTile() throws IOException {
        if (tiled) {
            Limits.checkWhole(
                    "a tile of this TIFF", (long) tileSide(TILE_WIDTH) * tileSide(TILE_HEIGHT) * bitsPerPixel / 8);
            return tileSide(TILE_HEIGHT);
        }
        long rows = directory.number(ROWS_PER_STRIP, header.height());
        if (rows < 1) throw new IOException("it states strips of " + rows + " rows");
        return (int) Math.min(rows, header.height());
    }

    private int bandRows() {
        return Limits.bandRows((int) Math.min(Integer.MAX_VALUE, header.width() * (bitsPerPixel / 8 + 3)));
    }

    private boolean isOneStripOfPlainRows(long[] offsets, int rowsPerTile) throws IOException {
        boolean subsampled = directory.number(PHOTOMETRIC, 0) == 6;
        return !tiled
                && offsets.length == 1
                && planes == 1
                && compression == 1
                && !subsampled
                && rowsPerTile > bandRows();
    }

    private long[] plainStrips(long start, int rows) {
        long[] offsets = new long[(header.height() + rows - 1) / rows];
        Arrays.setAll(offsets, i -> start + i * rows * bytesPerRow());
        return offsets;
    }

    private long[] plainStripSizes(int rows) {
        long[] sizes = new long[(header.height() + rows - 1) / rows];
        Arrays.setAll(sizes, i -> Math.min(rows, header.height() - i * rows) * bytesPerRow());
        return sizes;
    }

    private long bytesPerRow() {
        return (header.width() * bitsPerPixel + 7) / 8;
    }

    /** The values of the tile rows {@code first} to {@code last - 1}, in every plane. */
    private long[] between(long[] values, int first, int last, int tilesDown) {
        long[] part = new long[planes * (last - first) * tilesAcross];
        for (int plane = 0; plane < planes; plane++)
            System.arraycopy(
                    values,
                    (plane * tilesDown + first) * tilesAcross,
                    part,
                    plane * (last - first) * tilesAcross,
                    (last - first) * tilesAcross);
        return part;
    }

    private void decodePart(Map<Integer, long[]> changed, int height, RasterRows raster, RowSink rows)
            throws IOException {
        long end = file.size() + (file.size() & 1);
        byte[] head = directory.headerFor(end);
        byte[] written = directory.written(end, DECODING, changed);
        byte[] tail = new byte[(int) (end - file.size()) + written.length];
        System.arraycopy(written, 0, tail, tail.length - written.length, written.length);
        ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
        try (SplicedStream stream = new SplicedStream(head, file, head.length, tail)) {
            reader.setInput(stream, false, true);
            if (height > bandRows() && !tiled && planes == 1 && compression != JPEG) {
                decodeTallStrip(reader, height, raster, rows);
                return;
            }
            // Only what is larger than the memory for one band is read in several goes, each from its start.
            for (int y = 0; y < height; y += bandRows()) {
                ImageReadParam param = reader.getDefaultReadParam();
                param.setSourceRegion(new Rectangle(0, y, header.width(), Math.min(bandRows(), height - y)));
                param.setDestinationType(reader.getRawImageType(0));
                raster.deliver(reader.read(0, param), rows);
            }
        } finally {
            reader.dispose();
        }
    }

    private void decodeTallStrip(ImageReader reader, int height, RasterRows raster, RowSink rows) throws IOException {
        ImageTypeSpecifier type = reader.getRawImageType(0);
        SampleModel oneRow = type.getSampleModel(header.width(), 1);
        var passing = new PassingRaster(type.getColorModel(), oneRow, height, row -> raster.deliver(row, rows));
        ImageReadParam param = reader.getDefaultReadParam();
        param.setDestination(new BufferedImage(
                type.getColorModel(), passing, type.getColorModel().isAlphaPremultiplied(), null));
        reader.read(0, param);
    }
}
