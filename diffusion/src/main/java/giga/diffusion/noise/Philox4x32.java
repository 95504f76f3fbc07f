package giga.diffusion.noise;

/**
 * Philox 4x32-10: four random words for a 128-bit counter and a 64-bit key, without any state (Salmon et al., "Parallel
 * random numbers: as easy as 1, 2, 3", SC 2011).
 */
final class Philox4x32 {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_2 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private Philox4x32() {}

    /** @param key its low 32 bits are the first key word; @param words receives the four results */
    static void block(int counter0, int counter1, int counter2, int counter3, long key, int[] words) {
        int c0 = counter0;
        int c1 = counter1;
        int c2 = counter2;
        int c3 = counter3;
        int key0 = (int) key;
        int key1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (c0 & 0xFFFFFFFFL) * MULTIPLIER_0;
            long product2 = (c2 & 0xFFFFFFFFL) * MULTIPLIER_2;
            c0 = (int) (product2 >>> 32) ^ c1 ^ key0;
            c1 = (int) product2;
            c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
            c3 = (int) product0;
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        words[0] = c0;
        words[1] = c1;
        words[2] = c2;
        words[3] = c3;
    }
}
