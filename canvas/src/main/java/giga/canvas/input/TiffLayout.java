package giga.canvas.input;

import static giga.canvas.input.TiffDirectory.*;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Where the pixels of a TIFF lie and how, for the kinds that are decoded tile by tile: unsigned samples of 8 or 16 bits, grey, RGB, CMYK or
 * of a palette, and JPEG. A strip is a tile as wide as the picture.
 *
 * @param codec empty for JPEG
 * @param planes tiles that make up one place: 1, or the number of channels
 */
record TiffLayout(
        int width,
        int height,
        int tileWidth,
        int tileHeight,
        int channels,
        int sampleBytes,
        int planes,
        int photometric,
        boolean predicted,
        boolean strips,
        Optional<TiffCodec> codec,
        long[] offsets,
        long[] counts) {
    static final int WHITE_IS_ZERO = 0;
    static final int PALETTE = 3;
    static final int CMYK = 5;
    static final int LUMA_CHROMA = 6;

    private static final int JPEG = 7;
    private static final int PLAIN_ROWS = 512;

    /** Empty for what is decoded otherwise. */
    static Optional<TiffLayout> of(TiffDirectory tiff, FileBytes file) throws IOException {
        int compression = (int) tiff.number(COMPRESSION, 1);
        Optional<TiffCodec> codec = TiffCodec.of(compression);
        long channels = tiff.number(SAMPLES_PER_PIXEL, 1);
        long bits = tiff.number(BITS_PER_SAMPLE, 1);
        long predictor = tiff.number(PREDICTOR, 1);
        int photometric = (int) tiff.number(PHOTOMETRIC, 1);
        boolean planar = tiff.number(PLANAR, 1) == 2;
        boolean samples = (bits == 8 || bits == 16)
                && channels >= 1
                && channels <= 32
                && all(tiff.numbers(BITS_PER_SAMPLE), bits)
                && all(tiff.numbers(SAMPLE_FORMAT), 1)
                && tiff.number(FILL_ORDER, 1) == 1;
        boolean colours = switch (photometric) {
            case WHITE_IS_ZERO, 1 -> true;
            case 2 -> channels >= 3;
            case PALETTE -> bits == 8 && channels == 1;
            case CMYK -> channels >= 4 && tiff.number(INK_SET, 1) == 1;
            default -> false;
        };
        boolean jpeg = compression == JPEG
                && bits == 8
                && !planar
                && (photometric == 1 && channels == 1
                        || (photometric == 2 || photometric == LUMA_CHROMA) && channels == 3);
        if (!samples || !jpeg && (codec.isEmpty() || !colours || predictor != 1 && predictor != 2))
            return Optional.empty();
        return placed(
                tiff,
                file,
                new TiffLayout(
                        (int) tiff.number(WIDTH, 0),
                        (int) tiff.number(HEIGHT, 0),
                        0,
                        0,
                        (int) channels,
                        (int) bits / 8,
                        planar ? (int) channels : 1,
                        photometric,
                        predictor == 2 && !jpeg && compression != 1,
                        !tiff.has(TILE_OFFSETS),
                        codec,
                        new long[0],
                        new long[0]));
    }

    private static boolean all(long[] values, long wanted) {
        return LongStream.of(values).allMatch(value -> value == wanted);
    }

    private static Optional<TiffLayout> placed(TiffDirectory tiff, FileBytes file, TiffLayout layout)
            throws IOException {
        long across = layout.strips ? layout.width : tiff.number(TILE_WIDTH, 0);
        long down = layout.strips
                ? Math.min(tiff.number(ROWS_PER_STRIP, layout.height), layout.height)
                : tiff.number(TILE_HEIGHT, 0);
        if (across < 1 || across > Limits.SIDE || down < 1 || down > Limits.SIDE)
            throw new IOException("it states tiles of " + across + "x" + down + " pixels");
        long[] offsets = tiff.numbers(layout.strips ? STRIP_OFFSETS : TILE_OFFSETS);
        long[] counts = tiff.numbers(layout.strips ? STRIP_BYTE_COUNTS : TILE_BYTE_COUNTS);
        boolean plain = layout.codec.equals(Optional.of(TiffCodec.NONE));
        boolean onePerPlane = layout.strips && plain && down == layout.height && offsets.length == layout.planes;
        if (onePerPlane && down > PLAIN_ROWS) {
            offsets = layout.cut(offsets);
            down = PLAIN_ROWS;
            counts = new long[0];
        }
        TiffLayout placed = layout.at((int) across, (int) down, offsets, counts);
        if (placed.tileBytes() > Limits.MAX_TILE_BYTES) return Optional.empty();
        long needed = (long) placed.columns() * placed.rows() * placed.planes;
        if (offsets.length < needed)
            throw new IOException("it lists " + offsets.length + " strips or tiles, too few for its size");
        if (counts.length < needed && !plain) return Optional.empty();
        if (layout.codec.equals(Optional.of(TiffCodec.LZW))) {
            var head = file.read(offsets[0], 2);
            if (Lzw.isOld(head.get(0), head.get(1))) return Optional.empty();
        }
        return Optional.of(placed);
    }

    /** One strip of plain rows as several. */
    private long[] cut(long[] starts) {
        int strips = Math.ceilDiv(height, PLAIN_ROWS);
        long bytes = (long) width * channels / planes * sampleBytes * PLAIN_ROWS;
        long[] cut = new long[planes * strips];
        Arrays.setAll(cut, i -> starts[i / strips] + i % strips * bytes);
        return cut;
    }

    private TiffLayout at(int tileWidth, int tileHeight, long[] offsets, long[] counts) {
        return new TiffLayout(
                width,
                height,
                tileWidth,
                tileHeight,
                channels,
                sampleBytes,
                planes,
                photometric,
                predicted,
                strips,
                codec,
                offsets,
                counts);
    }

    int columns() {
        return Math.ceilDiv(width, tileWidth);
    }

    int rows() {
        return Math.ceilDiv(height, tileHeight);
    }

    /** Channels that lie together in one plane. */
    int channelsTogether() {
        return channels / planes;
    }

    int rowBytes() {
        return tileWidth * channelsTogether() * sampleBytes;
    }

    /** Of one place, all planes together. */
    private long tileBytes() {
        return (long) tileWidth * tileHeight * channels * sampleBytes;
    }

    /** Rows that a tile at {@code row} must have: all, but for the last strip. */
    int tileRows(int row) {
        return strips ? Math.min(tileHeight, height - row * tileHeight) : tileHeight;
    }

    int index(int column, int row, int plane) {
        return (plane * rows() + row) * columns() + column;
    }

    /** @throws IOException when the file's numbers cannot be true */
    int storedBytes(int index, int row) throws IOException {
        long plain = (long) rowBytes() * tileRows(row);
        if (codec.equals(Optional.of(TiffCodec.NONE))) return (int) plain;
        long bytes = counts[index];
        if (bytes < 1 || bytes > 2L * rowBytes() * tileHeight + (1 << 16))
            throw new IOException("it states " + bytes + " bytes for a tile or strip of " + plain);
        return (int) bytes;
    }
}
