package giga.canvas.input;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** A TIFF read tile by tile, or strip by strip. */
final class TiffTiles implements RegionDecoder {
    private final FileBytes file;
    private final Header header;
    private final TiffLayout layout;
    private final ByteOrder order;
    private final TiffColours colours;
    private final TiffJpeg jpeg;

    TiffTiles(FileBytes file, Header header, TiffLayout layout, TiffDirectory directory) throws IOException {
        this.file = file;
        this.header = header;
        this.layout = layout;
        this.order = directory.order();
        this.colours = TiffColours.of(directory, layout);
        this.jpeg = TiffJpeg.of(directory, layout);
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public int tileWidth() {
        return Math.min(layout.tileWidth(), layout.width());
    }

    @Override
    public int tileHeight() {
        return Math.min(layout.tileHeight(), layout.height());
    }

    @Override
    public boolean decodesWholeTiles() {
        return !isPlain();
    }

    private boolean isPlain() {
        return layout.codec().equals(Optional.of(TiffCodec.NONE)) && layout.planes() == 1;
    }

    @Override
    public void read(Region part, Pixels into, int left, int top) throws IOException {
        byte[][] samples = new byte[layout.planes()][];
        for (int row = part.y() / layout.tileHeight(); row <= (part.bottom() - 1) / layout.tileHeight(); row++)
            for (int column = part.x() / layout.tileWidth();
                    column <= (part.right() - 1) / layout.tileWidth();
                    column++) {
                Region tile = new Region(
                        column * layout.tileWidth(),
                        row * layout.tileHeight(),
                        layout.tileWidth(),
                        layout.tileRows(row));
                Region held = isPlain() ? tile.intersection(part) : tile;
                for (int plane = 0; plane < samples.length; plane++)
                    samples[plane] = isPlain()
                            ? plain(layout.offsets()[layout.index(column, row, 0)], tile, held)
                            : decode(column, row, plane, samples[plane]);
                copy(samples, held.intersection(part), held, into, left - part.x(), top - part.y());
            }
    }

    /** A part of a tile whose samples lie in the file as they are. */
    private byte[] plain(long offset, Region tile, Region part) throws IOException {
        int pixelBytes = layout.channels() * layout.sampleBytes();
        int rowBytes = part.width() * pixelBytes;
        byte[] samples = new byte[rowBytes * part.height()];
        boolean together = part.width() == tile.width();
        int rowsAtOnce = together ? part.height() : 1;
        for (int y = 0; y < part.height(); y += rowsAtOnce) {
            long before = (long) (part.y() + y - tile.y()) * tile.width() + part.x() - tile.x();
            file.read(offset + before * pixelBytes, rowsAtOnce * rowBytes)
                    .get(samples, y * rowBytes, rowsAtOnce * rowBytes);
        }
        return samples;
    }

    private byte[] bytes(long offset, int length) throws IOException {
        ByteBuffer bytes = file.read(offset, length);
        if (bytes.hasArray() && bytes.array().length == length) return bytes.array();
        byte[] copy = new byte[length];
        bytes.get(copy);
        return copy;
    }

    private byte[] decode(int column, int row, int plane, byte[] reused) throws IOException {
        int index = layout.index(column, row, plane);
        byte[] stored = bytes(layout.offsets()[index], layout.storedBytes(index, row));
        int most = layout.rowBytes() * layout.tileHeight();
        byte[] samples = reused == null ? new byte[most] : reused;
        int rows = layout.tileRows(row);
        if (layout.codec().isEmpty()) {
            jpeg.decode(stored, rows, samples);
            return samples;
        }
        int got = layout.codec().get().decode(stored, samples);
        if (got < layout.rowBytes() * rows)
            throw new IOException("a tile or strip has " + got + " of " + layout.rowBytes() * rows + " bytes");
        if (layout.predicted()) TiffPredictor.undo(samples, layout, rows, order);
        return samples;
    }

    /** @param right how much further right, and {@code down} how much further down, the pixels come to lie than they are stored */
    private void copy(byte[][] samples, Region common, Region held, Pixels into, int right, int down) {
        byte[] row = new byte[layout.channels() * common.width()];
        for (int y = common.y(); y < common.bottom(); y++) {
            int from = (y - held.y()) * held.width() + common.x() - held.x();
            gather(samples, from, common.width(), row);
            int to = (y + down) * into.width() + common.x() + right;
            colours.convert(row, common.width(), into.rgb(), to);
        }
    }

    /** The samples of a row from pixel {@code from} on, interleaved, with 8 bits each. */
    private void gather(byte[][] samples, int from, int width, byte[] row) {
        int together = layout.channelsTogether();
        if (layout.planes() == 1 && layout.sampleBytes() == 1) {
            System.arraycopy(samples[0], from * together, row, 0, row.length);
            return;
        }
        int high = order == ByteOrder.BIG_ENDIAN ? 0 : 1;
        for (int plane = 0; plane < samples.length; plane++) {
            byte[] source = samples[plane];
            for (int i = 0; i < width * together; i++) {
                int at = (from * together + i) * layout.sampleBytes();
                int target = layout.planes() == 1 ? i : i * layout.channels() + plane;
                row[target] = layout.sampleBytes() == 1
                        ? source[at]
                        : (byte) Samples.toByte((source[at + high] & 0xFF) << 8 | source[at + 1 - high] & 0xFF);
            }
        }
    }
}
