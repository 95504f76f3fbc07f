package giga.diffusion.sampler;

import giga.diffusion.weights.Architecture.Family;

/**
 * The noise levels that a sampler may use of a model. A level has two names: the timestep t in [0, 999], which the
 * network is given and which may be a fraction, and sigma, the noise's standard deviation beside an unscaled picture.
 */
public interface SigmaTable {
    /** Rising. */
    float[] sigmas();

    /** The timestep of a sigma, within those of the table. */
    float timestep(float sigma);

    /** The sigma of a timestep. */
    float sigma(float timestep);

    /** Whose schedule it is; schedules that were tuned by hand differ between families. */
    Family family();

    default float sigmaMin() {
        return sigmas()[0];
    }

    default float sigmaMax() {
        float[] sigmas = sigmas();
        return sigmas[sigmas.length - 1];
    }
}
