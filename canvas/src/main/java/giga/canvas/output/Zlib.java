package giga.canvas.output;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Deflate in zlib's wrapping (RFC 1950, 1951). */
final class Zlib {
    private Zlib() {}

    static byte[] compress(byte[] bytes) {
        try (Deflater deflater = new Deflater(1)) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = new byte[bytes.length + bytes.length / 1000 + 64];
            int length = 0;
            while (!deflater.finished()) {
                if (length == out.length) out = Arrays.copyOf(out, 2 * length);
                length += deflater.deflate(out, length, out.length - length);
            }
            return Arrays.copyOf(out, length);
        }
    }
}
