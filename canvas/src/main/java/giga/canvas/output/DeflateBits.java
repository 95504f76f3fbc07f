package giga.canvas.output;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array written bit by bit, least significant first. */
final class DeflateBits {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int length;
    private long held;
    private int count;

    DeflateBits(int expected) {
        this.bytes = new byte[Math.max(64, expected)];
    }

    /** Room for this many bytes and what is held. */
    void reserve(int room) {
        if (bytes.length - length < room + 16)
            bytes = Arrays.copyOf(bytes, Math.max(length + room + 16, bytes.length + bytes.length / 2));
    }

    /** Appends the lowest {@code size} (0 to 56) bits of {@code value}, the others being zero; room was reserved. */
    void put(long value, int size) {
        long all = held | value << count;
        int bits = count + size;
        LONG.set(bytes, length, all);
        length += bits >>> 3;
        held = all >>> (bits & ~7);
        count = bits & 7;
    }

    /** Goes on at a whole byte. */
    void align() {
        if (count > 0) put(0, 8 - count);
    }

    void putBytes(byte[] from, int start, int size) {
        align();
        reserve(size);
        System.arraycopy(from, start, bytes, length, size);
        length += size;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
