package giga.canvas.output;

import java.util.Arrays;

/** Bits of a JPEG's scan, most significant first, with a zero behind each byte FF. */
final class JpegBits {
    private byte[] bytes = new byte[1 << 14];
    private int length;
    private long held;
    private int count;

    /** Room for what one block can take at most. */
    void reserve(int room) {
        if (bytes.length - length < room) bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + room));
    }

    /** Appends the lowest {@code size} (0 to 27) bits of {@code value}, the others being zero. */
    void put(int value, int size) {
        held = held << size | value;
        count += size;
        if (count >= 32) flushWord();
    }

    private void flushWord() {
        count -= 32;
        int word = (int) (held >>> count);
        // A byte of the complement is zero where one of the word is FF.
        int complement = ~word;
        if ((complement - 0x01010101 & ~complement & 0x80808080) == 0) {
            bytes[length] = (byte) (word >>> 24);
            bytes[length + 1] = (byte) (word >>> 16);
            bytes[length + 2] = (byte) (word >>> 8);
            bytes[length + 3] = (byte) word;
            length += 4;
        } else for (int shift = 24; shift >= 0; shift -= 8) putByte(word >>> shift);
    }

    private void putByte(int value) {
        bytes[length++] = (byte) value;
        if ((value & 0xFF) == 0xFF) bytes[length++] = 0;
    }

    /** Ends the scan: the last byte is filled up with ones. */
    byte[] finish() {
        reserve(16);
        int fill = -count & 7;
        held = held << fill | (1 << fill) - 1;
        count += fill;
        while (count > 0) putByte((int) (held >>> (count -= 8)));
        return Arrays.copyOf(bytes, length);
    }
}
