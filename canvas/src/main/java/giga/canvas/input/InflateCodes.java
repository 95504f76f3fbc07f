package giga.canvas.input;

import java.io.IOException;
import java.util.Arrays;

/** One of Deflate's Huffman codes (RFC 1951, section 3.2.2), ready to be looked up with the next bits of the data. */
final class InflateCodes {
    static final int PAIR_BITS = 11;
    static final int PAIR_MASK = (1 << PAIR_BITS) - 1;

    private static final int QUICK_BITS = 10;
    private static final int MAX_LENGTH = 15;

    /** By the next bits: symbol, then 5 bits of length; -1 where the code is longer. */
    private final int[] quick = new int[1 << QUICK_BITS];

    private final int[] counts = new int[MAX_LENGTH + 1];
    private final int[] sorted;
    private final int[] pairs;
    private boolean complete;

    /** @param symbols at most, but for the two that only the fixed codes have */
    InflateCodes(int symbols) {
        this.sorted = new int[symbols + 2];
        this.pairs = symbols > 256 ? new int[1 << PAIR_BITS] : new int[0];
    }

    /** @throws IOException when there is no such code */
    void set(byte[] lengths, int from, int symbols) throws IOException {
        Arrays.fill(counts, 0);
        for (int i = 0; i < symbols; i++) counts[lengths[from + i]]++;
        counts[0] = 0;
        int left = 1;
        int used = 0;
        int longest = 0;
        int[] offsets = new int[MAX_LENGTH + 2];
        for (int length = 1; length <= MAX_LENGTH; length++) {
            left = 2 * left - counts[length];
            if (left < 0) throw new IOException("its deflated data is damaged");
            offsets[length + 1] = offsets[length] + counts[length];
            used += counts[length];
            if (counts[length] > 0) longest = length;
        }
        complete = left == 0;
        if (left > 0 && longest > 1) throw new IOException("its deflated data is damaged");
        for (int i = 0; i < symbols; i++) if (lengths[from + i] != 0) sorted[offsets[lengths[from + i]]++] = i;
        Arrays.fill(quick, -1);
        for (int i = 0, code = 0, length = 1; i < used; i++, code++) {
            for (; i >= offsets[length]; length++) code <<= 1;
            if (length > QUICK_BITS) break;
            int step = 1 << length;
            for (int bits = Integer.reverse(code) >>> 32 - length; bits < quick.length; bits += step)
                quick[bits] = sorted[i] << 5 | length;
        }
    }

    boolean isComplete() {
        return complete;
    }

    /** The symbol that 15 bits begin with, times 32, and the length of its code; negative where there is none. */
    int find(int bits) {
        int found = quick[bits & (1 << QUICK_BITS) - 1];
        if (found >= 0) return found;
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            code |= bits & 1;
            bits >>= 1;
            if (code - counts[length] < first) return sorted[index + code - first] << 5 | length;
            index += counts[length];
            first = first + counts[length] << 1;
            code <<= 1;
        }
        return -1;
    }

    /**
     * Makes the table of literals: by the next {@value #PAIR_BITS} bits the length of one or two codes, from bit 8 how many, from bit 16 the
     * literals; 0 where no literal comes next.
     */
    void pair() {
        for (int bits = 0; bits < pairs.length; bits++) {
            int one = literal(bits);
            if (one < 0) {
                pairs[bits] = 0;
                continue;
            }
            int length = one & 31;
            int entry = (one >> 5) << 16 | 1 << 8 | length;
            int two = literal(bits >> length);
            if (two >= 0 && length + (two & 31) <= PAIR_BITS)
                entry = (two >> 5) << 24 | (one >> 5) << 16 | 2 << 8 | length + (two & 31);
            pairs[bits] = entry;
        }
    }

    /** What the quick table has of a literal. */
    private int literal(int bits) {
        int found = quick[bits & (1 << QUICK_BITS) - 1];
        return found >= 256 << 5 ? -1 : found;
    }

    int[] pairs() {
        return pairs;
    }
}
