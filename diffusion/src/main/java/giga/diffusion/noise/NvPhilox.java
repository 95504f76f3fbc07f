package giga.diffusion.noise;

/**
 * A1111's "NV" source: what CUDA's randn gives as long as there are no more values than threads, one {@link Philox4x32}
 * block for each.
 */
final class NvPhilox implements NormalGenerator {
    private static final double UNIT = 2.3283064e-10f;
    private static final double TURN = (float) (2.3283064e-10 * 6.2831855);

    private final long seed;
    private int calls;

    NvPhilox(long seed) {
        this.seed = seed;
    }

    @Override
    public float[] next(int count) {
        float[] values = new float[count];
        int[] words = new int[4];
        for (int i = 0; i < count; i++) {
            Philox4x32.block(calls, 0, i, 0, seed, words);
            double u = (words[0] & 0xFFFFFFFFL) * UNIT + UNIT / 2;
            double angle = (words[1] & 0xFFFFFFFFL) * TURN + TURN / 2;
            values[i] = (float) (Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.sin(angle));
        }
        calls++;
        return values;
    }
}
