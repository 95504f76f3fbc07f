package giga.diffusion.sampler;

import giga.diffusion.Planes;
import java.util.List;

/**
 * The network as it was trained, from pictures of variance 1 and a timestep to noise (eps) or velocity (v), together
 * with what was asked of it.
 */
public interface PromptedNetwork {
    /** Weights of the prompt's parts, which AND joins; a single part has 1. */
    List<Double> weights();

    /**
     * The network's outputs.
     *
     * @param x [n, channels, height, width], unchanged
     * @param timestep in [0, 999], may be a fraction
     * @param call number of this call in the run, from 0: prompts may change on the way
     * @param unconditional whether the negative prompt's output is needed too
     * @return one of x's shape for each part in order, then the negative prompt's if it is needed
     */
    List<Planes> predict(Planes x, float timestep, int call, boolean unconditional);
}
