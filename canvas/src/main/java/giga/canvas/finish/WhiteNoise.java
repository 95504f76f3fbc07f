package giga.canvas.finish;

/** A value for every place of an endless plane, independent of all others, near to normally distributed around 0. */
final class WhiteNoise {
    /** Of the sum of four bytes. */
    static final double DEVIATION = Math.sqrt(4 * (256 * 256 - 1) / 12.0);

    private final long seed;

    WhiteNoise(long seed) {
        this.seed = mixed(seed);
    }

    /** The values from {@code (x, y)} to the right. */
    void row(int x, int y, float[] values, int at, int count) {
        long key = mixed(seed + y);
        fill(x - at, (int) key, (int) (key >>> 32), values, at, at + count);
    }

    /** Two rounds of a 32-bit hash with a key for each; the four bytes of it are summed. */
    private static void fill(int shift, int key, int otherKey, float[] values, int first, int end) {
        for (int i = first; i < end; i++) {
            int h = (i + shift) ^ key;
            h ^= h >>> 16;
            h *= 0x7FEB352D;
            h ^= h >>> 15;
            h ^= otherKey;
            h *= 0x846CA68B;
            h ^= h >>> 16;
            values[i] = (h & 0xFF) + (h >>> 8 & 0xFF) + (h >>> 16 & 0xFF) + (h >>> 24) - 510;
        }
    }

    /** The finaliser of SplitMix64. */
    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
