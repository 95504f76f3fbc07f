package giga.diffusion.network;

import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;

/** Timesteps as sines and cosines, then two projections. */
record TimeEmbedding(Linear first, Linear second, Precision precision) {
    private static final double LONGEST_PERIOD = 10000;

    static TimeEmbedding of(Weights weights, Precision precision) {
        return new TimeEmbedding(Linear.of(weights.below("0.")), Linear.of(weights.below("2.")), precision);
    }

    /** Timesteps [b] to [b, e]; they may be fractions. */
    Tensor forward(float[] timesteps) {
        // The sines are taken in f32 whatever the precision: 999 would become 1000 in bf16.
        Tensor waves = sinusoids(timesteps, (int) first.weight().size(1)).to(precision);
        return second.forward(first.forward(waves).silu());
    }

    private static Tensor sinusoids(float[] timesteps, int width) {
        int half = width / 2;
        float[] values = new float[timesteps.length * width];
        for (int b = 0; b < timesteps.length; b++) {
            for (int k = 0; k < half; k++) {
                // Rounded at every step as the reference does: at t = 999 an exact angle is another one.
                float angle = timesteps[b] * (float) Math.exp((float) -Math.log(LONGEST_PERIOD) * k / half);
                values[b * width + k] = (float) Math.cos(angle);
                values[b * width + half + k] = (float) Math.sin(angle);
            }
        }
        return Tensor.of(values, timesteps.length, width);
    }
}
