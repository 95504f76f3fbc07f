package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;
import java.util.List;
import java.util.stream.IntStream;

/** The noise of one item of a batch. */
record ItemNoise(NoiseSource batch, int index) implements NoiseSource {
    @Override
    public Planes draw(int number) {
        return batch.draw(number).item(index);
    }

    @Override
    public Brownian brownian(float[] sigmas) {
        Brownian path = batch.brownian(sigmas);
        return (sigma, sigmaNext) -> path.between(sigma, sigmaNext).item(index);
    }

    interface Run {
        Planes of(int index, NoiseSource own);
    }

    /** Runs a batch's items one after the other. */
    static Planes eachItem(int batch, NoiseSource noise, Run run) {
        List<Planes> items = IntStream.range(0, batch)
                .mapToObj(i -> run.of(i, new ItemNoise(noise, i)))
                .toList();
        return Planes.stack(items);
    }
}
