package giga.diffusion.noise;

import giga.diffusion.Planes;

/** Standard normal noise for one sampling run of one picture or tile, as {@code [1, channels, height, width]}. */
public interface NoiseSource {
    /** Independent noise: number 0 is the start, the others are asked for in the order 1, 2, … (ancestral steps). */
    Planes draw(int number);

    /**
     * A Brownian path for SDE samplers.
     *
     * @param times all sigmas between which increments will be asked for, falling, all above 0
     */
    Brownian brownian(float[] times);

    /** A Brownian path W over sigma. */
    interface Brownian {
        /** The increment of W from one of the path's sigmas to a smaller one, divided by the root of their distance. */
        Planes between(float sigma, float sigmaNext);
    }
}
