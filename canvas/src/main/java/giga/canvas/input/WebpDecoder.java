package giga.canvas.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;
import javax.imageio.ImageReader;

/** WebP (RFC 9649), lossy and lossless, with alpha laid over white; decoded whole, at most 16383 pixels a side. */
final class WebpDecoder implements RowDecoder {
    private static final int ICC_FLAG = 0x20;
    private static final int ALPHA_FLAG = 0x10;
    private static final int ANIMATION_FLAG = 0x02;
    private static final int MAX_METADATA_CHUNK = 16 << 20;

    private final FileChannel file;
    private final FileBytes bytes;
    private boolean alpha;
    private int width;
    private int height;
    private Optional<byte[]> icc = Optional.empty();
    private Exif exif = Exif.NOTHING;
    private Optional<WebpAlpha> plainAlpha = Optional.empty();

    WebpDecoder(FileChannel file) throws IOException {
        this.file = file;
        this.bytes = FileBytes.of(file);
        long end = 8 + (littleEndian(4, 4).getInt() & 0xFFFFFFFFL);
        if (end > file.size())
            throw new UnreadableException(
                    "the file is cut off: it has " + file.size() + " of " + end + " bytes",
                    "Fetch or export it again.");
        boolean pixels = false;
        for (long position = 12; position + 8 <= end; ) {
            String type = new String(bytes.read(position, 4).array(), ISO_8859_1);
            long length = littleEndian(position + 4, 4).getInt() & 0xFFFFFFFFL;
            pixels |= chunk(type, position + 8, length);
            position += 8 + length + (length & 1);
        }
        if (!pixels) throw new IOException("it holds no pixels");
        Limits.checkSides(width, height);
    }

    /** Takes in one chunk; true for one that holds pixels. */
    private boolean chunk(String type, long position, long length) throws IOException {
        switch (type) {
            case "VP8X" -> extended(littleEndian(position, 10));
            case "VP8 " -> {
                ByteBuffer frame = littleEndian(position, 10);
                return pixels(frame.getShort(6) & 0x3FFF, frame.getShort(8) & 0x3FFF, false);
            }
            case "VP8L" -> {
                int bits = littleEndian(position, 5).getInt(1);
                return pixels((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, (bits >> 28 & 1) != 0);
            }
            case "ICCP" -> icc = metadata(position, length);
            case "EXIF" -> metadata(position, length).ifPresent(block -> exif = Exif.parse(withoutPrefix(block)));
            case "ALPH" -> plainAlpha = WebpAlpha.ifPlain(bytes, position, length, width, height);
            default -> {}
        }
        return false;
    }

    private void extended(ByteBuffer data) throws IOException {
        if ((data.get(0) & ANIMATION_FLAG) != 0)
            throw new UnreadableException("it is an animation", "Export one of its pictures as PNG.");
        alpha = (data.get(0) & ALPHA_FLAG) != 0;
        width = (data.getInt(4) & 0xFFFFFF) + 1;
        height = (data.getInt(6) >>> 8) + 1;
    }

    private boolean pixels(int frameWidth, int frameHeight, boolean frameAlpha) throws IOException {
        if (width != 0 && (frameWidth != width || frameHeight != height))
            throw new IOException(
                    "its frame is " + frameWidth + "x" + frameHeight + " but the file states " + width + "x" + height);
        width = frameWidth;
        height = frameHeight;
        alpha |= frameAlpha;
        return true;
    }

    private Optional<byte[]> metadata(long position, long length) throws IOException {
        if (length > MAX_METADATA_CHUNK) return Optional.empty();
        byte[] block = new byte[(int) length];
        bytes.read(position, block.length).get(block);
        return Optional.of(block);
    }

    private static ByteBuffer withoutPrefix(byte[] block) {
        boolean prefixed = new String(block, ISO_8859_1).startsWith("Exif\0\0");
        return prefixed ? ByteBuffer.wrap(block, 6, block.length - 6).slice() : ByteBuffer.wrap(block);
    }

    private ByteBuffer littleEndian(long position, int length) throws IOException {
        return bytes.read(position, length, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Header header() {
        return new Header(
                PictureFormat.WEBP, width, height, 8, alpha ? 4 : 3, exif.orientation(), exif.dpi(), icc, exif.texts());
    }

    @Override
    public boolean holdsWhole() {
        return true;
    }

    @Override
    public void decode(RowSink rows) throws IOException {
        // Measured: the image itself, a second one for compressed alpha, and little more.
        Limits.checkWhole("a WebP picture", (alpha ? 10L : 5L) * width * height);
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        byte[] head = new byte[(int) Math.min(30, bytes.size())];
        bytes.read(0, head.length).get(head);
        // The library would convert the pixels to sRGB; they are to stay with their profile.
        if (new String(head, 12, 4, ISO_8859_1).equals("VP8X")) head[20] &= ~ICC_FLAG;
        try (SplicedStream stream = new SplicedStream.Strict(head, file, head.length)) {
            reader.setInput(stream, true, true);
            BufferedImage image = reader.read(0);
            plainAlpha.ifPresent(plane -> plane.putInto(image));
            new RasterRows(Optional.empty()).deliver(image, rows);
        } finally {
            reader.dispose();
        }
    }
}
