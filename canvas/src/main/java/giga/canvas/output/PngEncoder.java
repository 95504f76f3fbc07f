package giga.canvas.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * PNG, 8-bit RGB. Slices of rows are filtered and compressed on several threads, each as blocks of the one stream that
 * does not refer to the slice above: so its first row is filtered without the row above, and no slice waits for another.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG, third edition</a>
 */
final class PngEncoder {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] STREAM_HEADER = {0x78, 0x01};
    private static final byte[] LAST_BLOCK = {3, 0};
    private static final int SLICE_ROWS = 32;
    private static final byte SUB = 1;
    private static final byte AVERAGE = 3;
    private static final double METRES_PER_INCH = 0.0254;

    private record Slice(byte[] chunk, int checksum, long length) {}

    private PngEncoder() {}

    static void write(Picture picture, OutputStream out, PictureMetadata metadata, IntConsumer rowsDone)
            throws IOException {
        out.write(SIGNATURE);
        putHeader(out, picture.width(), picture.height());
        putMetadata(out, metadata);
        out.write(chunk("IDAT", STREAM_HEADER));
        int[] checksum = {1};
        Slices.run(
                picture,
                SLICE_ROWS,
                PngEncoder::slice,
                slice -> {
                    checksum[0] = Adler.combined(checksum[0], slice.checksum(), slice.length());
                    out.write(slice.chunk());
                },
                rowsDone);
        ByteArrayOutputStream end = new ByteArrayOutputStream();
        end.writeBytes(LAST_BLOCK);
        new DataOutputStream(end).writeInt(checksum[0]);
        out.write(chunk("IDAT", end.toByteArray()));
        out.write(chunk("IEND", new byte[0]));
    }

    private static void putHeader(OutputStream out, int width, int height) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(header);
        data.writeInt(width);
        data.writeInt(height);
        data.write(new byte[] {8, 2, 0, 0, 0});
        out.write(chunk("IHDR", header.toByteArray()));
    }

    private static void putMetadata(OutputStream out, PictureMetadata metadata) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(content);
        if (metadata.icc().isPresent()) {
            data.write("ICC profile\0\0".getBytes(ISO_8859_1));
            data.write(Deflate.zlib(metadata.icc().get()));
            out.write(chunk("iCCP", content.toByteArray()));
        }
        if (metadata.dpi().isPresent()) {
            content.reset();
            int perMetre = (int) Math.round(metadata.dpi().getAsDouble() / METRES_PER_INCH);
            data.writeInt(perMetre);
            data.writeInt(perMetre);
            data.writeByte(1);
            out.write(chunk("pHYs", content.toByteArray()));
        }
        for (Map.Entry<String, String> entry : metadata.text().entrySet()) {
            content.reset();
            // A zero would end the text for a reader.
            String text = entry.getValue().replace("\0", "");
            boolean latin = text.chars().allMatch(c -> c < 256);
            data.write((entry.getKey() + (latin ? "\0" : "\0\0\0\0\0")).getBytes(ISO_8859_1));
            data.write(text.getBytes(latin ? ISO_8859_1 : UTF_8));
            out.write(chunk(latin ? "tEXt" : "iTXt", content.toByteArray()));
        }
    }

    private static Slice slice(Pixels band, int top, int bottom) {
        int row = 3 * band.width();
        byte[] filtered = new byte[Math.multiplyExact(bottom - top, row + 1)];
        for (int y = top, at = 0; y < bottom; y++, at += row + 1) {
            boolean first = y == top;
            filtered[at] = first ? SUB : AVERAGE;
            if (first) sub(band.rgb(), y * row, filtered, at + 1, row);
            else average(band.rgb(), y * row, filtered, at + 1, row);
        }
        Adler32 sum = new Adler32();
        sum.update(filtered);
        return new Slice(chunk("IDAT", Deflate.part(filtered, filtered.length)), (int) sum.getValue(), filtered.length);
    }

    private static void sub(byte[] in, int from, byte[] out, int to, int length) {
        for (int i = 0; i < 3; i++) out[to + i] = in[from + i];
        for (int i = 3; i < length; i++) out[to + i] = (byte) (in[from + i] - in[from + i - 3]);
    }

    private static void average(byte[] in, int from, byte[] out, int to, int length) {
        int above = from - length;
        for (int i = 0; i < 3; i++) out[to + i] = (byte) (in[from + i] - ((in[above + i] & 0xFF) >> 1));
        for (int i = 3; i < length; i++)
            out[to + i] = (byte) (in[from + i] - ((in[from + i - 3] & 0xFF) + (in[above + i] & 0xFF) >> 1));
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] name = type.getBytes(ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        byte[] chunk = new byte[content.length + 12];
        ByteBuffer.wrap(chunk).putInt(content.length).put(name).put(content).putInt((int) sum.getValue());
        return chunk;
    }
}
