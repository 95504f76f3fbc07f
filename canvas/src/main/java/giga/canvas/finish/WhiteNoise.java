package giga.canvas.finish;

/** A value for every place of an endless plane, independent of all others, near to normally distributed around 0. For one thread. */
final class WhiteNoise {
    /** Of the sum of four bytes. */
    static final double DEVIATION = Math.sqrt(4 * (256 * 256 - 1) / 12.0);

    private final long seed;
    private int[] hashes = {};

    WhiteNoise(long seed) {
        this.seed = mixed(seed);
    }

    /** The values from {@code (x, y)} to the right. */
    void row(int x, int y, float[] values, int at, int count) {
        if (hashes.length < count) hashes = new int[count];
        long key = mixed(seed + y);
        hash(x, (int) key, (int) (key >>> 32), hashes, count);
        sum(hashes, values, at, count);
    }

    /** Two rounds of a 32-bit hash with a key for each. In a loop of its own, or the compiler makes no vectors of it. */
    private static void hash(int x, int key, int otherKey, int[] hashes, int count) {
        for (int i = 0; i < count; i++) {
            int h = i + x ^ key;
            h ^= h >>> 16;
            h *= 0x7FEB352D;
            h ^= h >>> 15;
            h ^= otherKey;
            h *= 0x846CA68B;
            h ^= h >>> 16;
            hashes[i] = h;
        }
    }

    /** Of the four bytes of each. */
    private static void sum(int[] hashes, float[] values, int at, int count) {
        for (int i = 0; i < count; i++) {
            int h = hashes[i];
            values[i + at] = (h & 0xFF) + (h >>> 8 & 0xFF) + (h >>> 16 & 0xFF) + (h >>> 24) - 510;
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
