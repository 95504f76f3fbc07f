package giga.redraw;

/**
 * Everything that decides the bytes of a redraw; stands in the job as recipe.toml.
 *
 * @param input the picture, as an absolute path
 * @param output where the result goes, as an absolute path; the suffix chooses the format
 * @param model checkpoint file or diffusers folder, as an absolute path
 */
public record Request(
        String input, String output, String model, Prompts prompts, Sampling sampling, Tiling tiling, Passes passes) {

    /** Positive and negative prompt in A1111's grammar; clip skip 1 uses the text encoder's last layer. */
    public record Prompts(String prompt, String negative, int clipSkip) {}

    /**
     * @param sampler a sampler's name as A1111 shows it, for example "DPM++ SDE"
     * @param scheduler "Automatic", "Karras", "Exponential", …
     * @param steps of the whole schedule; denoise decides how many are run (A1111's rule)
     * @param cfg classifier-free guidance scale; 1 or less needs no negative prompt
     * @param denoise denoise strength, 0 to 1
     * @param seed of all noise
     * @param precision "f32" or "bf16", never "auto": a resume on another machine must not change it
     */
    public record Sampling(
            String sampler, String scheduler, int steps, double cfg, double denoise, long seed, String precision) {}

    /**
     * @param tile side of a core in pixels
     * @param padding what a tile sees beyond its core, both sides together
     * @param blur feather: how many pixels the blend reaches across a core's border; 0 is a hard edge
     * @param order of the tiles: chess (two phases) or none (one phase)
     * @param toneLock radius in pixels below which the model may change tone; 0 lets it change everything
     * @param batch tiles denoised together; decided once, before the first step
     */
    public record Tiling(int tile, int padding, int blur, Order order, int toneLock, int batch) {}

    /** @param scale enlargement before each pass, 1 for none */
    public record Passes(int count, double scale) {}

    public enum Order {
        CHESS,
        NONE
    }
}
