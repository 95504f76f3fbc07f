package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from front to back; reading past the end is a message, never a crash. */
final class PickleInput {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong BIG_ENDIAN =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int LONGEST_LINE = 1 << 16;
    private static final int LONGEST_INTEGER = 1024;
    private static final long MOST_COPIED = 64 << 20;

    private final MemorySegment bytes;
    private long position;
    private long copied;

    PickleInput(MemorySegment bytes, long position) {
        this.bytes = bytes;
        this.position = position;
    }

    long position() {
        return position;
    }

    int unsignedByte() {
        return bytes.get(ValueLayout.JAVA_BYTE, advance(1)) & 0xFF;
    }

    int unsignedShort() {
        return unsignedByte() | unsignedByte() << 8;
    }

    int signedInt() {
        return bytes.get(INT, advance(4));
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(signedInt());
    }

    long signedLong() {
        return bytes.get(LONG, advance(8));
    }

    /** Floats alone are big-endian in pickles. */
    double bigEndianDouble() {
        return Double.longBitsToDouble(bytes.get(BIG_ENDIAN, advance(8)));
    }

    byte[] bytes(long count) {
        copied += Math.max(0, count);
        if (copied > MOST_COPIED)
            throw new ModelException(
                    "its pickle holds more than %,d bytes of text, and no tensors".formatted(MOST_COPIED));
        return slice(count).toArray(ValueLayout.JAVA_BYTE);
    }

    MemorySegment slice(long count) {
        return bytes.asSlice(advance(count), count);
    }

    /** Python writes lone halves of surrogates too; they become question marks. */
    String utf8(long count) {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    /** Up to a line's end, which is taken but not given. */
    String line() {
        StringBuilder line = new StringBuilder();
        for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
            if (line.length() >= LONGEST_LINE) throw new ModelException("its pickle has a line that is too long");
            line.append((char) c);
        }
        return line.toString();
    }

    /** A whole number of any size in little-endian two's complement. */
    Number integer(long count) {
        if (count > LONGEST_INTEGER) throw new ModelException("its pickle has a number of %,d bytes".formatted(count));
        byte[] little = bytes(count);
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) big[i] = little[little.length - 1 - i];
        return narrow(big.length == 0 ? BigInteger.ZERO : new BigInteger(big));
    }

    static Number narrow(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : (Number) number;
    }

    private long advance(long count) {
        if (count < 0 || count > bytes.byteSize() - position)
            throw new ModelException("it is cut off: its pickle ends in the middle; download or copy it again");
        long at = position;
        position += count;
        return at;
    }
}
