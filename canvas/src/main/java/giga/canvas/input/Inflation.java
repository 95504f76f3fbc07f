package giga.canvas.input;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
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
}
