package giga.canvas.input;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Zlib data (RFC 1950, RFC 1951) that lies in memory as a whole, about twice as fast as zlib where repetitions are rare, as in pictures with
 * grain: most look-ups in its table of codes give two bytes.
 */
final class Inflate {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int[] LENGTHS = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] DISTANCES = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int END = 256;

    /** Bytes that the quick loop reads ahead, and writes beyond. */
    private static final int MARGIN = 16;

    /** The data ended; what was written before is good. */
    private static final class Truncated extends Exception {
        private static final Truncated HERE = new Truncated();

        private Truncated() {
            super(null, null, false, false);
        }
    }

    private final byte[] in;
    private final byte[] out;
    private int next;
    private int at;
    private long bits;
    private int held;

    private final InflateCodes literals = new InflateCodes(286);
    private final InflateCodes distances = new InflateCodes(30);
    private int window;

    private Inflate(byte[] in, byte[] out) {
        this.in = in;
        this.out = out;
    }

    /** Fills {@code out} as far as the data goes, and says how far. @throws IOException when it goes further, or is damaged */
    static int fill(byte[] data, byte[] out) throws IOException {
        Inflate inflate = new Inflate(data, out);
        try {
            inflate.run();
        } catch (Truncated e) {
            // The caller knows how much there should be.
        }
        return inflate.at;
    }

    private void run() throws IOException, Truncated {
        int head = take(8) << 8 | take(8);
        window = 1 << 8 + (head >> 12);
        if (head % 31 != 0 || (head >> 8 & 15) != 8 || head >> 12 > 7 || (head & 32) != 0) throw damaged();
        boolean last;
        do {
            last = take(1) == 1;
            switch (take(2)) {
                case 0 -> copyStored();
                case 1 -> {
                    setFixedCodes();
                    decode();
                }
                case 2 -> {
                    readCodes();
                    decode();
                }
                default -> throw damaged();
            }
        } while (!last);
        take(held % 8);
        Adler32 sum = new Adler32();
        sum.update(out, 0, at);
        int stated = 0;
        for (int i = 0; i < 4; i++) stated = stated << 8 | take(8);
        if (stated != (int) sum.getValue()) throw damaged();
    }

    private static IOException damaged() {
        return new IOException("its deflated data is damaged");
    }

    private IOException tooLong() {
        return new IOException("its deflated data is longer than " + out.length + " bytes");
    }

    private void refill() {
        while (held <= 56 && next < in.length) {
            bits |= (in[next++] & 0xFFL) << held;
            held += 8;
        }
    }

    /** Up to 16 bits. */
    private int take(int count) throws Truncated {
        if (held < count) refill();
        if (held < count) throw Truncated.HERE;
        int value = (int) bits & (1 << count) - 1;
        bits >>>= count;
        held -= count;
        return value;
    }

    private void copyStored() throws IOException, Truncated {
        take(held % 8);
        int length = take(16);
        if ((take(16) ^ 0xFFFF) != length) throw damaged();
        next -= held / 8;
        bits = 0;
        held = 0;
        int there = Math.min(length, in.length - next);
        if (there > out.length - at) throw tooLong();
        System.arraycopy(in, next, out, at, there);
        at += there;
        next += there;
        if (there < length) throw Truncated.HERE;
    }

    private void setFixedCodes() throws IOException {
        byte[] lengths = new byte[288];
        Arrays.fill(lengths, 0, 144, (byte) 8);
        Arrays.fill(lengths, 144, 256, (byte) 9);
        Arrays.fill(lengths, 256, 280, (byte) 7);
        Arrays.fill(lengths, 280, 288, (byte) 8);
        literals.set(lengths, 0, 288);
        literals.pair();
        byte[] distance = new byte[32];
        Arrays.fill(distance, (byte) 5);
        distances.set(distance, 0, 32);
    }

    private void readCodes() throws IOException, Truncated {
        int literalCount = take(5) + 257;
        int distanceCount = take(5) + 1;
        int lengthCount = take(4) + 4;
        if (literalCount > 286 || distanceCount > 30) throw damaged();
        byte[] lengths = new byte[320];
        for (int i = 0; i < lengthCount; i++) lengths[ORDER[i]] = (byte) take(3);
        InflateCodes codes = new InflateCodes(19);
        codes.set(lengths, 0, 19);
        if (!codes.isComplete()) throw damaged();
        Arrays.fill(lengths, (byte) 0);
        int count = literalCount + distanceCount;
        for (int i = 0; i < count; ) {
            int symbol = symbol(codes);
            if (symbol < 16) {
                lengths[i++] = (byte) symbol;
                continue;
            }
            if (symbol == 16 && i == 0) throw damaged();
            byte repeated = symbol == 16 ? lengths[i - 1] : 0;
            int times = switch (symbol) {
                case 16 -> 3 + take(2);
                case 17 -> 3 + take(3);
                default -> 11 + take(7);
            };
            if (times > count - i) throw damaged();
            Arrays.fill(lengths, i, i += times, repeated);
        }
        if (lengths[END] == 0) throw damaged();
        literals.set(lengths, 0, literalCount);
        literals.pair();
        distances.set(lengths, literalCount, distanceCount);
    }

    /** The next symbol of any code; slowly. */
    private int symbol(InflateCodes codes) throws IOException, Truncated {
        refill();
        int found = codes.find((int) bits & 0x7FFF);
        int length = found & 31;
        if (found < 0) {
            // Bits that are not there read as zeros.
            if (held < 15 && next == in.length) throw Truncated.HERE;
            throw damaged();
        }
        if (length > held) throw Truncated.HERE;
        bits >>>= length;
        held -= length;
        return found >> 5;
    }

    private void decode() throws IOException, Truncated {
        while (true) {
            quickLiterals();
            int symbol = symbol(literals);
            if (symbol == END) return;
            if (symbol < END) {
                if (at == out.length) throw tooLong();
                out[at++] = (byte) symbol;
            } else {
                repeat(symbol - END - 1);
            }
        }
    }

    /** Literals as long as none but they come, and neither the data nor its room ends. */
    private void quickLiterals() {
        int[] table = literals.pairs();
        byte[] from = in;
        byte[] to = out;
        int write = at;
        int read = next;
        long buffer = bits;
        int count = held;
        int lastRead = from.length - MARGIN;
        int lastWrite = to.length - MARGIN;
        int entry = 1;
        while (entry != 0 && read <= lastRead && write <= lastWrite) {
            buffer |= (long) LONG.get(from, read) << count;
            read += 63 - count >> 3;
            count |= 56;
            // Five times 11 bits are there.
            for (int i = 0; i < 5; i++) {
                entry = table[(int) buffer & InflateCodes.PAIR_MASK];
                if (entry == 0) break;
                SHORT.set(to, write, (short) (entry >>> 16));
                write += entry >>> 8 & 3;
                int length = entry & 31;
                buffer >>>= length;
                count -= length;
            }
        }
        at = write;
        next = read;
        // The buffer may hold more than is counted.
        bits = count == 64 ? buffer : buffer & (1L << count) - 1;
        held = count;
    }

    private void repeat(int code) throws IOException, Truncated {
        if (code >= LENGTHS.length) throw damaged();
        int length = LENGTHS[code] + take(LENGTH_BITS[code]);
        int symbol = symbol(distances);
        if (symbol >= DISTANCES.length) throw damaged();
        int distance = DISTANCES[symbol] + take(symbol < 2 ? 0 : symbol / 2 - 1);
        if (distance > at || distance > window) throw damaged();
        if (length > out.length - at) throw tooLong();
        int from = at - distance;
        if (distance >= length) System.arraycopy(out, from, out, at, length);
        else if (distance == 1) Arrays.fill(out, at, at + length, out[from]);
        else for (int i = 0; i < length; i++) out[at + i] = out[from + i];
        at += length;
    }
}
