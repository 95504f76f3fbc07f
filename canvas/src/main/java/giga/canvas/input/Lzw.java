package giga.canvas.input;

import java.io.IOException;

/** LZW as TIFF 6.0 has it (section 13): codes of 9 to 12 bits, highest bit first, that grow one code early. */
final class Lzw {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int CODES = 4096;

    private Lzw() {}

    /** Whether data is of the kind before TIFF 6.0, with the lowest bit first. */
    static boolean isOld(int first, int second) {
        return first == 0 && (second & 1) == 1;
    }

    /**
     * Decodes until {@code out} is full or the data ends, and says how many bytes that were. A string of the table is always a piece of what
     * was decoded before, so the table only tells where.
     *
     * @throws IOException when a code comes that means nothing yet, or there is more data than fits
     */
    static int decode(byte[] data, byte[] out) throws IOException {
        int[] starts = new int[CODES];
        int[] lengths = new int[CODES];
        int next = FIRST;
        int width = 9;
        int previous = -1;
        int previousLength = 0;
        int at = 0;
        int bits = 0;
        int held = 0;
        for (int i = 0; ; ) {
            while (held < width) {
                if (i == data.length) return at;
                bits = bits << 8 | data[i++] & 0xFF;
                held += 8;
            }
            held -= width;
            int code = bits >>> held & (1 << width) - 1;
            if (code == END) return at;
            if (code == CLEAR) {
                next = FIRST;
                width = 9;
                previous = -1;
                continue;
            }
            int start = at;
            int length = 1;
            if (code >= FIRST) {
                if (previous < 0 || code > next || code == next && next == CODES)
                    throw new IOException("its LZW data is damaged");
                boolean known = code < next;
                start = known ? starts[code] : previous;
                length = known ? lengths[code] : previousLength + 1;
            }
            if (length > out.length - at) throw new IOException("its LZW data is longer than " + out.length + " bytes");
            if (code < CLEAR) out[at] = (byte) code;
            else copy(out, start, at, length);
            if (previous >= 0 && next < CODES) {
                starts[next] = previous;
                lengths[next++] = previousLength + 1;
                if (next == (1 << width) - 1 && width < 12) width++;
            }
            previous = at;
            previousLength = length;
            at += length;
        }
    }

    /** Byte by byte where a string runs into its own copy. */
    private static void copy(byte[] bytes, int from, int to, int length) {
        if (length > 16 && from + length <= to) {
            System.arraycopy(bytes, from, bytes, to, length);
            return;
        }
        for (int i = 0; i < length; i++) bytes[to + i] = bytes[from + i];
    }
}
