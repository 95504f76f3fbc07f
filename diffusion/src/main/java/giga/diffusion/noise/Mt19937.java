package giga.diffusion.noise;

/**
 * Matsumoto and Nishimura, "Mersenne Twister" (1998), as PyTorch's CPU generator seeds it: by the low 32 bits of the
 * seed.
 */
final class Mt19937 {
    private static final int LENGTH = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[LENGTH];
    private int used = LENGTH;

    Mt19937(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < LENGTH; i++) state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }

    int next32() {
        if (used == LENGTH) twist();
        int word = state[used++];
        word ^= word >>> 11;
        word ^= word << 7 & 0x9D2C5680;
        word ^= word << 15 & 0xEFC60000;
        return word ^ word >>> 18;
    }

    long next64() {
        long high = next32();
        return high << 32 | next32() & 0xFFFFFFFFL;
    }

    private void twist() {
        for (int i = 0; i < LENGTH; i++) {
            int joined = state[i] & 0x80000000 | state[(i + 1) % LENGTH] & 0x7FFFFFFF;
            state[i] = state[(i + SHIFT) % LENGTH] ^ joined >>> 1 ^ ((joined & 1) == 0 ? 0 : 0x9908B0DF);
        }
        used = 0;
    }
}
