package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import giga.diffusion.Sampling;

/**
 * The trained timesteps of one run of a sampler on timesteps.
 *
 * @param grid rising, all that the steps lead to
 * @param count how many of them, from the lowest, the run goes down; less than all where it starts from a picture
 * @param alphasCumprod [1000] the model's
 */
record Timesteps(int[] grid, int count, float[] alphasCumprod) {
    private static final int TRAINED = 1000;

    /** Every so many of the trained timesteps, from 1 (Song et al. 2021); may be more than the steps. */
    static int[] grid(int steps) {
        int stride = TRAINED / steps;
        int[] grid = new int[Math.ceilDiv(TRAINED, stride)];
        for (int i = 0; i < grid.length; i++) grid[i] = Math.min(i * stride + 1, TRAINED - 1);
        return grid;
    }

    /** A run from noise alone. */
    static Timesteps all(Sampling sampling, float[] alphasCumprod) {
        int[] grid = grid(sampling.steps());
        require(grid.length >= fewest(sampling), sampling, fewest(sampling));
        return new Timesteps(grid, grid.length, alphasCumprod);
    }

    /** A run from a picture; where A1111's count would leave the network nothing to do, of one call. */
    static Timesteps below(Img2Img.Steps steps, Sampling sampling, float[] alphasCumprod) {
        int[] grid = grid(steps.schedule());
        int count = Math.max(steps.encoded(), fewest(sampling));
        require(count < grid.length, sampling, fewest(sampling) + 1);
        return new Timesteps(grid, count, alphasCumprod);
    }

    /** Whether the run starts from a picture. */
    boolean redraws() {
        return count < grid.length;
    }

    int at(int index) {
        return grid[index];
    }

    float alpha(int index) {
        return alphasCumprod[grid[index]];
    }

    /** The level to which a picture is noised: one above the first that the network sees. */
    float startAlpha() {
        return alpha(count);
    }

    /** UniPC goes on to timestep 0, all others stop at the grid's lowest. */
    private static int fewest(Sampling sampling) {
        return sampling.sampler() == Sampler.UNI_PC ? 1 : 2;
    }

    private static void require(boolean enough, Sampling sampling, int fewest) {
        if (!enough)
            throw new ModelException("%s cannot run in %d step%s: give %d or more, or take another sampler"
                    .formatted(sampling.sampler(), sampling.steps(), sampling.steps() == 1 ? "" : "s", fewest));
    }
}
