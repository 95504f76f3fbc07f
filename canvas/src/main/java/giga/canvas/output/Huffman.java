package giga.canvas.output;

import java.util.Arrays;

/**
 * A Huffman code as Deflate wants it: canonical, bits reversed, no code longer than a limit.
 *
 * @param codes by symbol, first bit lowest
 * @param lengths in bits, 0 for symbols that do not occur
 */
record Huffman(int[] codes, int[] lengths) {
    /** The best code for these counts, but for symbols so rare that their codes would exceed the limit. */
    static Huffman of(int[] counts, int limit) {
        int[] lengths = lengths(counts, limit);
        return new Huffman(codes(lengths, limit), lengths);
    }

    private static int[] lengths(int[] counts, int limit) {
        // Counts in the upper bits, symbols in the lower: one sort of numbers orders both, the same way each time.
        long[] order = new long[counts.length];
        int used = 0;
        for (int symbol = 0; symbol < counts.length; symbol++)
            if (counts[symbol] > 0) order[used++] = (long) counts[symbol] << 16 | symbol;
        int[] lengths = new int[counts.length];
        if (used == 0) return lengths;
        if (used == 1) {
            lengths[(int) order[0] & 0xFFFF] = 1;
            return lengths;
        }
        Arrays.sort(order, 0, used);
        int[] perLength = perLength(depths(order, used), limit);
        for (int length = limit, next = 0; length > 0; length--)
            for (int i = 0; i < perLength[length]; i++) lengths[(int) order[next++] & 0xFFFF] = length;
        return lengths;
    }

    /** Depths of the leaves of Huffman's tree, rarest first, by two queues: the leaves and the nodes made so far. */
    private static int[] depths(long[] order, int used) {
        long[] weights = new long[2 * used - 1];
        int[] parents = new int[2 * used - 1];
        for (int i = 0; i < used; i++) weights[i] = order[i] >>> 16;
        int leaf = 0;
        int inner = used;
        for (int node = used; node < weights.length; node++)
            for (int child = 0; child < 2; child++) {
                boolean takesLeaf = leaf < used && (inner == node || weights[leaf] <= weights[inner]);
                int taken = takesLeaf ? leaf++ : inner++;
                weights[node] += weights[taken];
                parents[taken] = node;
            }
        int[] depths = new int[weights.length];
        for (int node = weights.length - 2; node >= 0; node--) depths[node] = depths[parents[node]] + 1;
        return Arrays.copyOf(depths, used);
    }

    /** How many codes there are of each length, none beyond the limit: what is cut off is paid for by lengthening others. */
    private static int[] perLength(int[] depths, int limit) {
        int[] perLength = new int[limit + 1];
        for (int depth : depths) perLength[Math.min(depth, limit)]++;
        long taken = 0;
        for (int length = 1; length <= limit; length++) taken += (long) perLength[length] << limit - length;
        for (; taken > 1L << limit; taken--) {
            int length = limit - 1;
            while (perLength[length] == 0) length--;
            // One code becomes the stem of two longer ones, which makes room for one of the longest.
            perLength[length]--;
            perLength[length + 1] += 2;
            perLength[limit]--;
        }
        return perLength;
    }

    private static int[] codes(int[] lengths, int limit) {
        int[] perLength = new int[limit + 1];
        for (int length : lengths) if (length > 0) perLength[length]++;
        int[] next = new int[limit + 2];
        for (int length = 1; length <= limit; length++) next[length + 1] = next[length] + perLength[length] << 1;
        int[] codes = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++)
            if (lengths[symbol] > 0) codes[symbol] = Integer.reverse(next[lengths[symbol]]++) >>> 32 - lengths[symbol];
        return codes;
    }
}
