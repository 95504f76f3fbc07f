package giga.canvas.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.input.PictureInfo;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/**
 * Baseline JPEG without chroma subsampling. Large pictures are cut into restart intervals, which are coded on several
 * threads, since each begins anew.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU T.81</a>
 */
final class JpegEncoder {
    /** What the format can count. Readers built on libjpeg stop at 65500. */
    static final int MAX_SIDE = 65_535;

    private static final JpegTables FILE_TABLES = new JpegTables(95);
    private static final int INTERVAL_ROWS = 64;
    private static final int MAX_INTERVAL = 65_535;
    private static final int ICC_BYTES_PER_SEGMENT = 65533 - 14;
    private static final int MAX_ICC_SEGMENTS = 255;
    static final byte[] UNICODE = {'U', 'N', 'I', 'C', 'O', 'D', 'E', 0};
    private static final int EXIF_DIRECTORY = 0x8769;
    static final int USER_COMMENT = 0x9286;
    private static final int LONG = 4;
    private static final int UNDEFINED = 7;
    /** The TIFF header and two directories of one field each. */
    private static final int EXIF_HEADER_BYTES = 8 + 18 + 18;

    static final int MAX_COMMENT_BYTES = 65533 - 6 - EXIF_HEADER_BYTES - 8;

    private JpegEncoder() {}

    /** A whole file, in memory. */
    static byte[] encode(Pixels pixels, JpegTables tables, PictureMetadata metadata) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        putHeader(out, metadata);
        putFrame(out, pixels.width(), pixels.height(), tables);
        putScan(out);
        out.write(JpegScan.encode(pixels, 0, pixels.height(), tables));
        putMarker(out, 0xD9);
        return out.toByteArray();
    }

    /** A file of quality 95. */
    static void write(Picture picture, OutputStream out, PictureMetadata metadata, IntConsumer rowsDone)
            throws IOException {
        int across = Math.ceilDiv(picture.width(), JpegScan.SIDE);
        int rows = INTERVAL_ROWS;
        while (rows / JpegScan.SIDE * across > MAX_INTERVAL) rows /= 2;
        putHeader(out, metadata);
        putFrame(out, picture.width(), picture.height(), FILE_TABLES);
        putMarker(out, 0xDD, 4, rows / JpegScan.SIDE * across);
        putScan(out);
        int[] intervals = {0};
        Slices.run(
                picture,
                rows,
                (band, top, bottom) -> JpegScan.encode(band, top, bottom, FILE_TABLES),
                scan -> {
                    if (intervals[0] > 0) putMarker(out, 0xD0 + (intervals[0] - 1) % 8);
                    intervals[0]++;
                    out.write(scan);
                },
                rowsDone);
        putMarker(out, 0xD9);
    }

    private static void putFrame(OutputStream out, int width, int height, JpegTables tables) throws IOException {
        out.write(tables.segments());
        putMarker(out, 0xC0, 8 + 3 * 3);
        DataOutputStream data = new DataOutputStream(out);
        data.writeByte(8);
        data.writeShort(height);
        data.writeShort(width);
        data.write(new byte[] {3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1});
    }

    private static void putScan(OutputStream out) throws IOException {
        putMarker(out, 0xDA, 6 + 2 * 3);
        out.write(new byte[] {3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0});
    }

    /** A marker and 16-bit numbers behind it, the first the length of its segment. */
    private static void putMarker(OutputStream out, int code, int... numbers) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeByte(0xFF);
        data.writeByte(code);
        for (int number : numbers) data.writeShort(number);
    }

    private static void putHeader(OutputStream out, PictureMetadata metadata) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        int dpi = (int) Math.round(metadata.dpi().orElse(0));
        putMarker(out, 0xD8);
        putMarker(out, 0xE0, 16);
        data.write("JFIF\0\1\2".getBytes(ISO_8859_1));
        data.writeByte(dpi > 0 ? 1 : 0);
        data.writeShort(Math.max(1, dpi));
        data.writeShort(Math.max(1, dpi));
        data.writeShort(0);
        String comment = metadata.text().getOrDefault(PictureInfo.PARAMETERS, "");
        if (!comment.isEmpty()) putComment(data, comment);
        byte[] icc = metadata.icc().orElse(new byte[0]);
        int parts = Math.ceilDiv(icc.length, ICC_BYTES_PER_SEGMENT);
        if (parts > MAX_ICC_SEGMENTS)
            throw new IOException("an ICC profile of " + icc.length + " bytes does not fit into a JPEG");
        for (int part = 0; part < parts; part++) {
            int start = part * ICC_BYTES_PER_SEGMENT;
            int length = Math.min(ICC_BYTES_PER_SEGMENT, icc.length - start);
            putMarker(out, 0xE2, 2 + 14 + length);
            data.write("ICC_PROFILE\0".getBytes(ISO_8859_1));
            data.writeByte(part + 1);
            data.writeByte(parts);
            data.write(icc, start, length);
        }
    }

    /** An EXIF block (a big-endian TIFF) whose first directory points to one with nothing but the user's comment. */
    private static void putComment(DataOutputStream data, String comment) throws IOException {
        byte[] text = comment.getBytes(UTF_16BE);
        if (text.length > MAX_COMMENT_BYTES)
            throw new IOException("a text of " + comment.length() + " characters does not fit into a JPEG");
        int bytes = UNICODE.length + text.length;
        putMarker(data, 0xE1, 2 + 6 + EXIF_HEADER_BYTES + bytes);
        data.write("Exif\0\0MM\0*".getBytes(ISO_8859_1));
        data.writeInt(8);
        putDirectory(data, EXIF_DIRECTORY, LONG, 1, 26);
        putDirectory(data, USER_COMMENT, UNDEFINED, bytes, EXIF_HEADER_BYTES);
        data.write(UNICODE);
        data.write(text);
    }

    /** A directory of one field, the last of its chain. */
    private static void putDirectory(DataOutputStream data, int tag, int type, int count, int value)
            throws IOException {
        data.writeShort(1);
        data.writeShort(tag);
        data.writeShort(type);
        data.writeInt(count);
        data.writeInt(value);
        data.writeInt(0);
    }
}
