package giga.diffusion.noise;

import giga.diffusion.Planes;
import java.util.List;

/** One source per item, stacked. */
record BatchNoise(List<NoiseSource> items) implements NoiseSource {
    BatchNoise {
        if (items.isEmpty()) throw new IllegalArgumentException("a batch without items has no noise");
    }

    @Override
    public Planes draw(int number) {
        return Planes.stack(items.stream().map(item -> item.draw(number)).toList());
    }

    @Override
    public Brownian brownian(float[] sigmas) {
        List<Brownian> paths = items.stream().map(item -> item.brownian(sigmas)).toList();
        return (sigma, sigmaNext) -> Planes.stack(
                paths.stream().map(path -> path.between(sigma, sigmaNext)).toList());
    }
}
