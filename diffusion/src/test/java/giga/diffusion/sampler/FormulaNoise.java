package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;

/** The goldens' noise [1, 4, 8, 8]: every request takes the next number, those of a Brownian path too. */
record FormulaNoise(long seed) implements NoiseSource {
    @Override
    public Planes draw(int number) {
        return scaled(number, 1);
    }

    @Override
    public Brownian brownian(float[] sigmas) {
        int[] number = {0};
        return (sigma, sigmaNext) -> draw(++number[0]);
    }

    /** What the img2img goldens start from. */
    Planes initialLatent() {
        return scaled(1_000_000, 0.8);
    }

    private Planes scaled(int number, double scale) {
        Planes noise = new Planes(1, 4, 8, 8);
        for (int i = 0; i < noise.values().length; i++)
            noise.values()[i] = (float) (scale
                    * Math.sqrt(-2 * Math.log(uniform(number, i, 0)))
                    * Math.cos(2 * Math.PI * uniform(number, i, 1)));
        return noise;
    }

    private double uniform(int number, int i, int lane) {
        long z = mix(mix(seed ^ (number + 1) * 0x9E3779B97F4A7C15L) + (2 * i + lane + 1) * 0xD1B54A32D192ED03L);
        return ((z >>> 11) + 0.5) * 0x1p-53;
    }

    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
