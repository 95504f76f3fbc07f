package giga.canvas.input;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The tiles of a TIFF that are JPEGs (Technical Note 2), whose tables may stand once for all in a field of the file. */
final class TiffJpeg {
    private static final int MAX_TABLES = 1 << 16;
    private static final int MARKER_BYTES = 2;

    private final byte[] head;
    private final TiffLayout layout;

    private TiffJpeg(byte[] head, TiffLayout layout) {
        this.head = head;
        this.layout = layout;
    }

    static TiffJpeg of(TiffDirectory tiff, TiffLayout layout) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        boolean lumaChroma = layout.photometric() == TiffLayout.LUMA_CHROMA;
        head.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
        // The field says what the colours are, which a decoder would otherwise guess.
        head.writeBytes(new byte[] {
            (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) (lumaChroma ? 1 : 0)
        });
        byte[] tables = tiff.bytes(TiffDirectory.JPEG_TABLES, MAX_TABLES).orElse(new byte[0]);
        if (tables.length > 2 * MARKER_BYTES) head.write(tables, MARKER_BYTES, tables.length - 2 * MARKER_BYTES);
        return new TiffJpeg(head.toByteArray(), layout);
    }

    /** Decodes a tile into interleaved samples. @throws IOException when it is no JPEG of its size, or damaged */
    void decode(byte[] tile, int rows, byte[] samples) throws IOException {
        if (tile.length < MARKER_BYTES || tile[0] != (byte) 0xFF || tile[1] != (byte) 0xD8)
            throw new IOException("a tile is no JPEG");
        byte[] whole = new byte[head.length + tile.length - MARKER_BYTES];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(tile, MARKER_BYTES, whole, head.length, tile.length - MARKER_BYTES);
        JpegSegments segments = JpegSegments.read(FileBytes.of(whole));
        if (segments.width() != layout.tileWidth()
                || segments.height() < rows
                || segments.height() > layout.tileHeight()
                || segments.components() != layout.channels())
            throw new IOException("a tile is a JPEG of %dx%d pixels with %d channels, not %dx%d with %d"
                    .formatted(
                            segments.width(),
                            segments.height(),
                            segments.components(),
                            layout.tileWidth(),
                            layout.tileHeight(),
                            layout.channels()));
        if (segments.severalScans()) throw new IOException("a tile is a progressive JPEG");
        read(segments, whole, samples);
    }

    private void read(JpegSegments segments, byte[] whole, byte[] samples) throws IOException {
        byte[] header = segments.decoderHeader();
        int scan = (int) segments.scanPosition();
        byte[] jpeg = new byte[header.length + whole.length - scan];
        System.arraycopy(header, 0, jpeg, 0, header.length);
        System.arraycopy(whole, scan, jpeg, header.length, whole.length - scan);
        int bands = layout.channels();
        var raster = Raster.createInterleavedRaster(
                new DataBufferByte(samples, samples.length),
                segments.width(),
                segments.height(),
                bands * segments.width(),
                bands,
                bands == 1 ? new int[] {0} : new int[] {0, 1, 2},
                new Point());
        ColorSpace space = ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        var model = new ComponentColorModel(space, false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        ImageReader reader = JpegDecoder.jdkReader();
        boolean[] cutOff = new boolean[1];
        reader.addIIOReadWarningListener((_, _) -> cutOff[0] = true);
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(stream, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setDestination(new BufferedImage(model, raster, false, null));
            reader.read(0, param);
        } finally {
            reader.dispose();
        }
        if (cutOff[0]) throw new IOException("a tile's JPEG data is damaged or cut off");
    }
}
