package giga.canvas.output;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Deflate (RFC 1951) for filtered samples of pictures with grain, where repetitions are rare and nearly all that can be
 * saved is saved by Huffman's code: it looks for repetitions as LZ4 does, in ever larger steps while there are none. So it
 * is several times as fast as zlib's fastest level and makes such data as small.
 */
final class Deflate {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BLOCK = 1 << 17;
    private static final int HASH_BITS = 13;
    private static final int WINDOW = 1 << 15;
    private static final int MIN_MATCH = 6;
    private static final int MAX_MATCH = 258;
    /** After so many failures, a power of two, the steps grow by one. */
    private static final int PATIENCE_BITS = 5;

    /** Four literals then fit into one write. */
    private static final int LIMIT = 12;

    private static final int END = 256;
    private static final int MAX_STORED = 65_535;
    private static final int[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int[] LENGTH_SYMBOLS = lengthSymbols();

    private final byte[] in;
    private final int end;
    private final DeflateBits out;
    private final int[] last = new int[1 << HASH_BITS];
    private final int[] counts = new int[286];
    private final int[] secondCounts = new int[256];
    private final int[] distanceCounts = new int[30];
    /** What was found: literals before a repetition, its length, its distance. */
    private int[] found = new int[3 * 1024];

    private int foundCount;

    private Deflate(byte[] in, int end) {
        this.in = in;
        this.end = end;
        this.out = new DeflateBits(end - end / 8);
        Arrays.fill(last, -WINDOW - 1);
    }

    /** A whole zlib stream (RFC 1950). */
    static byte[] zlib(byte[] in) {
        Deflate deflate = new Deflate(in, in.length);
        deflate.out.put(0x0178, 16);
        deflate.blocks();
        deflate.out.reserve(16);
        // An empty block of fixed codes, marked as the last.
        deflate.out.put(3, 10);
        deflate.out.align();
        Adler32 sum = new Adler32();
        sum.update(in);
        deflate.out.put(Integer.reverseBytes((int) sum.getValue()) & 0xFFFFFFFFL, 32);
        return deflate.out.toByteArray();
    }

    /** The blocks of the first {@code length} bytes, ending at a whole byte, so that others can follow; none is the last. */
    static byte[] part(byte[] in, int length) {
        Deflate deflate = new Deflate(in, length);
        deflate.blocks();
        deflate.out.reserve(16);
        deflate.out.put(0, 3);
        deflate.out.align();
        deflate.out.put(0xFFFF0000L, 32);
        return deflate.out.toByteArray();
    }

    private void blocks() {
        for (int start = 0; start < end; start += BLOCK) block(start, Math.min(end, start + BLOCK));
    }

    private void block(int start, int stop) {
        find(start, stop);
        for (int i = 0; i < 256; i++) counts[i] += secondCounts[i];
        counts[END]++;
        Huffman literals = Huffman.of(counts, LIMIT);
        Huffman distances = Huffman.of(distanceCounts, LIMIT);
        if (bits(literals, distances) / 8 + 100 > stop - start) store(start, stop);
        else {
            out.reserve((int) (bits(literals, distances) / 8) + 1024);
            out.put(0b100, 3);
            putCodes(literals.lengths(), distances.lengths());
            putData(start, literals, distances);
        }
        Arrays.fill(counts, 0);
        Arrays.fill(secondCounts, 0);
        Arrays.fill(distanceCounts, 0);
        foundCount = 0;
    }

    private void find(int start, int stop) {
        int literals = start;
        int at = start;
        int lastTry = stop - 8;
        int misses = 1 << PATIENCE_BITS;
        while (at <= lastTry) {
            long here = (long) LONG.get(in, at);
            int hash = (int) (here * 0x9E3779B185EBCA87L << 16 >>> 1 >>> 63 - HASH_BITS);
            int before = last[hash];
            last[hash] = at;
            if (at - before > WINDOW || ((long) LONG.get(in, before) ^ here) << 16 != 0) {
                at += misses++ >>> PATIENCE_BITS;
                continue;
            }
            int length = length(before, at, Math.min(stop, at + MAX_MATCH));
            count(literals, at);
            add(at - literals, length, at - before);
            at += length;
            literals = at;
            misses = 1 << PATIENCE_BITS;
        }
        count(literals, stop);
        add(stop - literals, 0, 0);
    }

    private int length(int before, int at, int stop) {
        int length = MIN_MATCH;
        while (at + length < stop && in[before + length] == in[at + length]) length++;
        return length;
    }

    private void count(int from, int to) {
        int i = from;
        for (; i + 1 < to; i += 2) {
            counts[in[i] & 0xFF]++;
            secondCounts[in[i + 1] & 0xFF]++;
        }
        if (i < to) counts[in[i] & 0xFF]++;
    }

    private void add(int literals, int length, int distance) {
        if (foundCount + 3 > found.length) found = Arrays.copyOf(found, 2 * found.length);
        found[foundCount] = literals;
        found[foundCount + 1] = length;
        found[foundCount + 2] = distance;
        foundCount += 3;
        if (length == 0) return;
        counts[LENGTH_SYMBOLS[length] & 0xFFFF]++;
        distanceCounts[distanceSymbol(distance)]++;
    }

    private long bits(Huffman literals, Huffman distances) {
        long bits = 0;
        for (int i = 0; i < counts.length; i++) bits += (long) counts[i] * (literals.lengths()[i] + lengthExtra(i));
        for (int i = 0; i < distanceCounts.length; i++)
            bits += (long) distanceCounts[i] * (distances.lengths()[i] + distanceExtra(i));
        return bits;
    }

    private void store(int start, int stop) {
        for (int at = start; at < stop; at += MAX_STORED) {
            int length = Math.min(MAX_STORED, stop - at);
            out.reserve(16);
            out.put(0, 3);
            out.align();
            out.put(length | (long) (~length & 0xFFFF) << 16, 32);
            out.putBytes(in, at, length);
        }
    }

    private void putCodes(int[] literals, int[] distances) {
        int[] all = Arrays.copyOf(literals, literals.length + distances.length);
        System.arraycopy(distances, 0, all, literals.length, distances.length);
        int[] lengthCounts = new int[19];
        for (int length : all) lengthCounts[length]++;
        Huffman codes = Huffman.of(lengthCounts, 7);
        out.put(literals.length - 257, 5);
        out.put(distances.length - 1, 5);
        out.put(CODE_LENGTH_ORDER.length - 4, 4);
        for (int symbol : CODE_LENGTH_ORDER) out.put(codes.lengths()[symbol], 3);
        for (int length : all) out.put(codes.codes()[length], codes.lengths()[length]);
    }

    private void putData(int start, Huffman literals, Huffman distances) {
        int[] packed = new int[256];
        for (int i = 0; i < 256; i++) packed[i] = literals.codes()[i] << 4 | literals.lengths()[i];
        int at = start;
        for (int i = 0; i < foundCount; i += 3) {
            putLiterals(at, at + found[i], packed);
            at += found[i];
            int length = found[i + 1];
            if (length > 0) putMatch(length, found[i + 2], literals, distances);
            at += length;
        }
        out.put(literals.codes()[END], literals.lengths()[END]);
    }

    private void putLiterals(int from, int to, int[] packed) {
        int i = from;
        for (; i + 3 < to; i += 4) {
            int a = packed[in[i] & 0xFF];
            int b = packed[in[i + 1] & 0xFF];
            int c = packed[in[i + 2] & 0xFF];
            int d = packed[in[i + 3] & 0xFF];
            int ab = a & 15;
            int abc = ab + (b & 15);
            int abcd = abc + (c & 15);
            long bits = a >>> 4 | (long) (b >>> 4) << ab | (long) (c >>> 4) << abc | (long) (d >>> 4) << abcd;
            out.put(bits, abcd + (d & 15));
        }
        for (; i < to; i++) out.put(packed[in[i] & 0xFF] >>> 4, packed[in[i] & 0xFF] & 15);
    }

    private void putMatch(int length, int distance, Huffman literals, Huffman distances) {
        int symbol = LENGTH_SYMBOLS[length] & 0xFFFF;
        out.put(literals.codes()[symbol], literals.lengths()[symbol]);
        out.put(LENGTH_SYMBOLS[length] >>> 16, lengthExtra(symbol));
        int far = distanceSymbol(distance);
        out.put(distances.codes()[far], distances.lengths()[far]);
        int extra = distanceExtra(far);
        out.put(distance - 1 & (1 << extra) - 1, extra);
    }

    /** By length: the symbol, and above it the bits that tell it from the others of this symbol. */
    private static int[] lengthSymbols() {
        int[] symbols = new int[MAX_MATCH + 1];
        int symbol = 257;
        for (int length = 3; length < MAX_MATCH; symbol++)
            for (int i = 0; i < 1 << lengthExtra(symbol) && length < MAX_MATCH; i++)
                symbols[length++] = i << 16 | symbol;
        symbols[MAX_MATCH] = 285;
        return symbols;
    }

    private static int lengthExtra(int symbol) {
        return symbol < 265 || symbol == 285 ? 0 : symbol - 261 >> 2;
    }

    private static int distanceSymbol(int distance) {
        int d = distance - 1;
        if (d < 4) return d;
        int top = 31 - Integer.numberOfLeadingZeros(d);
        return 2 * top + (d >>> top - 1 & 1);
    }

    private static int distanceExtra(int symbol) {
        return symbol < 4 ? 0 : (symbol >> 1) - 1;
    }
}
