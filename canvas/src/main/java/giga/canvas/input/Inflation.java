package giga.canvas.input;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/** Small deflated parts of files (RFC 1950), of which a few bytes may claim to be gigabytes. */
final class Inflation {
    private Inflation() {}

    /** What the data holds; empty where it is damaged, or longer than {@code max} bytes. */
    static Optional<byte[]> inflate(ByteBuffer data, int max) {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(data);
            byte[] bytes = new byte[Math.min(4096, max)];
            int length = 0;
            while (!inflater.finished()) {
                int got = inflater.inflate(bytes, length, bytes.length - length);
                length += got;
                if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) return Optional.empty();
                if (length == bytes.length && length >= max) return Optional.empty();
                if (length == bytes.length) bytes = Arrays.copyOf(bytes, (int) Math.min(max, 2L * length));
            }
            return Optional.of(Arrays.copyOf(bytes, length));
        } catch (DataFormatException e) {
            return Optional.empty();
        }
    }

    /** The {@code length} bytes that zlib data (RFC 1950) holds. @throws IOException when it holds fewer or more, or is damaged */
    static byte[] exactly(byte[] data, int length) throws IOException {
        byte[] bytes = new byte[length];
        if (Inflate.fill(data, bytes) < length) throw new EOFException("its deflated data ends too early");
        return bytes;
    }

    /** The {@code length} bytes that a gzip file (RFC 1952) holds. @throws IOException when it holds fewer or more, or is damaged */
    static byte[] gunzip(byte[] data, int length) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(data), 1 << 14)) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) throw new EOFException("its gzip data ends too early");
            if (in.read() >= 0) throw new IOException("its gzip data is longer than " + length + " bytes");
            return bytes;
        }
    }
}
