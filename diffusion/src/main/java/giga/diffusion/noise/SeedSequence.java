package giga.diffusion.noise;

import java.util.Arrays;

/**
 * NumPy's SeedSequence (O'Neill's seed_seq_fe): spreads an integer, and the keys of its descendants, over any number of
 * words. Pool of 24 words, as torchsde wants it.
 */
final class SeedSequence {
    private static final int POOL = 24;

    private final int[] pool = new int[POOL];
    private int hash = 0x43B0D7E5;

    /** @param entropy at least 0; @param spawnKey the path to a descendant, each at least 0; empty for the first */
    SeedSequence(long entropy, long... spawnKey) {
        int[] words = assemble(entropy, spawnKey);
        for (int i = 0; i < POOL; i++) pool[i] = mixHash(i < words.length ? words[i] : 0);
        for (int from = 0; from < POOL; from++)
            for (int to = 0; to < POOL; to++) if (from != to) pool[to] = mix(pool[to], mixHash(pool[from]));
        for (int from = POOL; from < words.length; from++)
            for (int to = 0; to < POOL; to++) pool[to] = mix(pool[to], mixHash(words[from]));
    }

    /** The first words of the state. */
    int[] generate(int count) {
        int[] state = new int[count];
        int constant = 0x8B51F9DD;
        for (int i = 0; i < count; i++) {
            int value = pool[i % POOL] ^ constant;
            constant *= 0x58F38DED;
            value *= constant;
            state[i] = value ^ value >>> 16;
        }
        return state;
    }

    private int mixHash(int value) {
        value ^= hash;
        hash *= 0x931E8875;
        value *= hash;
        return value ^ value >>> 16;
    }

    private static int mix(int x, int y) {
        int result = 0xCA01F9DD * x - 0x4973F715 * y;
        return result ^ result >>> 16;
    }

    /** Keys begin after the pool, so that a short entropy with a key is no other, longer entropy. */
    private static int[] assemble(long entropy, long[] spawnKey) {
        int[] words = new int[POOL + 2 * spawnKey.length];
        int length = append(words, 0, entropy);
        if (spawnKey.length > 0) length = POOL;
        for (long key : spawnKey) length = append(words, length, key);
        return Arrays.copyOf(words, length);
    }

    private static int append(int[] words, int at, long value) {
        words[at++] = (int) value;
        if (value >>> 32 != 0) words[at++] = (int) (value >>> 32);
        return at;
    }
}
