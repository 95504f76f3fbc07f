package giga.diffusion.noise;

/**
 * torch.randn in float32 of PyTorch's CPU generator. Equal to 5e-7: torch's vector code has approximations of log, sine
 * and cosine of its own, which differ between processors.
 */
final class TorchNormal implements NormalGenerator {
    /** Torch fills from so many values on in blocks of as many, fewer one by one. */
    private static final int BLOCK = 16;

    private final Mt19937 words;
    private double spare = Double.NaN;

    TorchNormal(long seed) {
        words = new Mt19937(seed);
    }

    @Override
    public float[] next(int count) {
        float[] values = new float[count];
        if (count < BLOCK) {
            for (int i = 0; i < count; i++) values[i] = (float) single();
            return values;
        }
        fillUniform(values, 0);
        for (int at = 0; at + BLOCK <= count; at += BLOCK) transform(values, at);
        if (count % BLOCK != 0) {
            fillUniform(values, count - BLOCK);
            transform(values, count - BLOCK);
        }
        return values;
    }

    private void fillUniform(float[] values, int from) {
        for (int i = from; i < values.length; i++) values[i] = (words.next32() & 0xFFFFFF) * 0x1p-24f;
    }

    private static void transform(float[] values, int at) {
        for (int i = at; i < at + BLOCK / 2; i++) {
            float radius = (float) Math.sqrt(-2 * (float) StrictMath.log(1 - values[i]));
            float angle = (float) (2 * Math.PI) * values[i + BLOCK / 2];
            values[i] = radius * (float) StrictMath.cos(angle);
            values[i + BLOCK / 2] = radius * (float) StrictMath.sin(angle);
        }
    }

    private double single() {
        if (!Double.isNaN(spare)) {
            double value = spare;
            spare = Double.NaN;
            return value;
        }
        double angle = 2 * Math.PI * uniform();
        double radius = Math.sqrt(-2 * StrictMath.log1p(-uniform()));
        spare = radius * StrictMath.sin(angle);
        return radius * StrictMath.cos(angle);
    }

    private double uniform() {
        return (words.next64() & (1L << 53) - 1) * 0x1p-53;
    }
}
