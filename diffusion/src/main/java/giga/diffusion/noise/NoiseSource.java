package giga.diffusion.noise;

import giga.diffusion.Planes;
import java.util.List;

/**
 * Standard normal noise for one sampling run of one picture or tile as {@code [1, channels, height, width]}, or of a
 * batch of them as {@code [n, channels, height, width]}. The same question always has the same answer.
 */
public interface NoiseSource {
    /** Independent noise: number 0 is the start, the others are the ancestral steps' 1, 2, … in order. */
    Planes draw(int number);

    /**
     * A Brownian path for SDE samplers.
     *
     * @param sigmas all sigmas between which increments will be asked for, strictly falling, all above 0; the first and
     *     the last are those of the whole schedule, also when a run begins later
     */
    Brownian brownian(float[] sigmas);

    /** A Brownian path W over sigma; not for use by several threads at once. */
    interface Brownian {
        /**
         * The increment of W from one of the path's sigmas to a smaller one, divided by the root of their distance:
         * standard normal, and consistent with every other increment of the path.
         */
        Planes between(float sigma, float sigmaNext);
    }

    /** The noise of a batch: item i is what {@code items.get(i)} gives, whatever the others are. */
    static NoiseSource batch(List<? extends NoiseSource> items) {
        return new BatchNoise(List.copyOf(items));
    }
}
