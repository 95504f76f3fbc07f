package giga.canvas.output;

import giga.canvas.output.JpegTables.Codes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits of a JPEG's scan, most significant first, with a zero behind each byte FF. */
final class JpegBits {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** More than a block can take: 64 values of 27 bits, each byte of them FF. */
    private static final int BLOCK_BYTES = 512;

    private static final int ZEROS_16 = 0xF0;
    private static final int END_OF_BLOCK = 0;

    private byte[] bytes = new byte[1 << 14];
    private int length;
    private long held;
    private int count;

    /**
     * Codes a block.
     *
     * @param dc the first coefficient less that of the block before
     * @param coefficients in the order they are coded
     * @param present a bit for each that is not zero, the lowest for the first
     */
    void putBlock(Codes codes, int dc, int[] coefficients, long present) {
        if (bytes.length - length < BLOCK_BYTES) bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        put(Codes.withBits(codes.dc(), 0, dc));
        int[] small = codes.small();
        // In local variables, which the compiler keeps in registers.
        long word = held;
        int bits = count;
        int next = 1;
        for (long left = present & ~1L; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            int zeros = k - next;
            next = k + 1;
            if (zeros > 15) {
                held = word;
                count = bits;
                for (; zeros > 15; zeros -= 16) put(codes.ac()[ZEROS_16]);
                word = held;
                bits = count;
            }
            int value = coefficients[k];
            int code = Math.abs(value) < Codes.SMALL
                    ? small[2 * Codes.SMALL * zeros + Codes.SMALL + value]
                    : Codes.withBits(codes.ac(), zeros << 4, value);
            int size = code & 31;
            word = word << size | code >>> 5;
            bits += size;
            if (bits >= 32) {
                bits -= 32;
                putWord((int) (word >>> bits));
            }
        }
        held = word;
        count = bits;
        if (next < 64) put(codes.ac()[END_OF_BLOCK]);
    }

    private void put(int code) {
        held = held << (code & 31) | code >>> 5;
        count += code & 31;
        if (count < 32) return;
        count -= 32;
        putWord((int) (held >>> count));
    }

    private void putWord(int word) {
        int complement = ~word;
        // A byte of the complement is zero where one of the word is FF.
        if ((complement - 0x01010101 & word & 0x80808080) == 0) {
            INT.set(bytes, length, word);
            length += 4;
        } else for (int shift = 24; shift >= 0; shift -= 8) putByte(word >>> shift);
    }

    private void putByte(int value) {
        bytes[length++] = (byte) value;
        if ((value & 0xFF) == 0xFF) bytes[length++] = 0;
    }

    /** Ends the scan: the last byte is filled up with ones. */
    byte[] finish() {
        int fill = -count & 7;
        held = held << fill | (1 << fill) - 1;
        count += fill;
        while (count > 0) putByte((int) (held >>> (count -= 8)));
        return Arrays.copyOf(bytes, length);
    }
}
