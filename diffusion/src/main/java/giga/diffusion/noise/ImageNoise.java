package giga.diffusion.noise;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import java.util.function.LongFunction;

/**
 * A1111's noise of one picture, for people who compare: one generator per picture from which every step takes the next
 * values, and a Brownian tree of the same seed.
 */
public final class ImageNoise implements NoiseSource {
    private final Source source;
    private final long seed;
    private final long etaNoiseSeedDelta;
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

    /**
     * @param etaNoiseSeedDelta ENSD, 0 for none: what is added to the seed after draw 0
     * @throws ModelException when the seed is below 0
     */
    public ImageNoise(Source source, long seed, long etaNoiseSeedDelta, int channels, int height, int width) {
        if (seed < 0) throw new ModelException("A1111's noise has no seed %d: give one from 0 on".formatted(seed));
        this.source = source;
        this.seed = seed;
        this.etaNoiseSeedDelta = etaNoiseSeedDelta;
        shape = new Planes(1, channels, height, width);
        restart();
    }

    /** Asked in order this goes on where it was; asked for an earlier one it begins anew. */
    @Override
    public synchronized Planes draw(int number) {
        if (number < 0) throw new IllegalArgumentException("number " + number);
        if (number < drawn) restart();
        float[] values = next();
        while (drawn <= number) values = next();
        return new Planes(1, shape.channels(), shape.height(), shape.width(), values);
    }

    @Override
    public Brownian brownian(float[] sigmas) {
        return new BrownianTree(shape, seed, sigmas[sigmas.length - 1], sigmas[0], source.generators);
    }

    private void restart() {
        generator = source.generators.apply(seed);
        drawn = 0;
    }

    private float[] next() {
        float[] values = generator.next(shape.values().length);
        if (drawn == 0 && etaNoiseSeedDelta != 0) generator = source.generators.apply(seed + etaNoiseSeedDelta);
        drawn++;
        return values;
    }
}
