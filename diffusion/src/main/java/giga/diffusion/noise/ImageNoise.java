package giga.diffusion.noise;

import giga.diffusion.Planes;
import java.util.function.LongFunction;

/**
 * A1111's noise of one picture, for people who compare: one generator per picture from which every step takes the next
 * values, and a Brownian tree of the same seed.
 */
public final class ImageNoise implements NoiseSource {
    private final Source source;
    private final ImageSeed seed;
    private final Planes shape;
    private NormalGenerator generator;
    private int drawn;

    /** Where A1111's setting "random number generator source" takes its noise from. */
    public enum Source {
        /** PyTorch's CPU generator. */
        CPU(TorchNormal::new),
        /** What an Nvidia card gives, A1111's default for usual sizes. */
        NV(NvPhilox::new);

        private final LongFunction<NormalGenerator> generators;

        Source(LongFunction<NormalGenerator> generators) {
            this.generators = generators;
        }
    }

    public ImageNoise(Source source, ImageSeed seed, int channels, int height, int width) {
        this.source = source;
        this.seed = seed;
        shape = new Planes(1, channels, height, width);
        restart();
    }

    /** Asked in order this goes on where it was; asked for an earlier one it begins anew. */
    @Override
    public synchronized Planes draw(int number) {
        if (number < 0) throw new IllegalArgumentException("number " + number);
        if (number < drawn) restart();
        Planes noise = next();
        while (drawn <= number) noise = next();
        return noise;
    }

    @Override
    public Brownian brownian(float[] sigmas) {
        return new BrownianTree(shape, seed.seed(), sigmas[sigmas.length - 1], sigmas[0], source.generators);
    }

    private void restart() {
        generator = source.generators.apply(seed.seed());
        drawn = 0;
    }

    private Planes next() {
        Planes noise = normals(generator, shape.height(), shape.width());
        if (drawn++ > 0) return noise;
        if (seed.etaNoiseSeedDelta() != 0) generator = source.generators.apply(seed.seed() + seed.etaNoiseSeedDelta());
        if (seed.resizeFromHeight() == 0 || seed.resizeFromWidth() == 0) return varied(noise);
        Planes middle = fresh(seed.seed(), seed.resizeFromHeight(), seed.resizeFromWidth());
        pasteCentred(varied(middle), noise);
        return noise;
    }

    private Planes varied(Planes noise) {
        if (seed.variationStrength() == 0) return noise;
        Planes variation = fresh(seed.variationSeed(), noise.height(), noise.width());
        return Slerp.mix(noise, variation, seed.variationStrength());
    }

    private Planes fresh(long seed, int height, int width) {
        return normals(source.generators.apply(seed), height, width);
    }

    private Planes normals(NormalGenerator from, int height, int width) {
        return new Planes(1, shape.channels(), height, width, from.next(shape.channels() * height * width));
    }

    private static void pasteCentred(Planes from, Planes to) {
        int x = Math.floorDiv(to.width() - from.width(), 2);
        int y = Math.floorDiv(to.height() - from.height(), 2);
        // What is too wide loses as much at both sides, an odd column more than it would have to.
        int width = from.width() + 2 * Math.min(x, 0);
        int height = from.height() + 2 * Math.min(y, 0);
        for (int channel = 0; channel < to.channels(); channel++)
            for (int row = 0; row < height; row++)
                System.arraycopy(
                        from.values(),
                        from.width() * (channel * from.height() + row + Math.max(-y, 0)) + Math.max(-x, 0),
                        to.values(),
                        to.width() * (channel * to.height() + row + Math.max(y, 0)) + Math.max(x, 0),
                        width);
    }
}
