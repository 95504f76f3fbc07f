package giga.redraw;

import static giga.redraw.JobException.check;

import java.util.Locale;

/**
 * Everything that decides the bytes of a redraw; stands in the job as recipe.toml. Every part refuses values it cannot
 * use with a {@link JobException} that names the value and what to give instead.
 *
 * @param input the picture, as an absolute path
 * @param output where the result goes, as an absolute path; the suffix chooses the format
 * @param model checkpoint file or diffusers folder, as an absolute path
 */
public record Request(
        String input, String output, String model, Prompts prompts, Sampling sampling, Tiling tiling, Passes passes) {
    public Request {
        given("input", input);
        given("output", output);
        given("model", model);
        given("prompts", prompts);
        given("sampling", sampling);
        given("tiling", tiling);
        given("passes", passes);
    }

    /** Positive and negative prompt in A1111's grammar; clip skip 1 uses the text encoder's last layer. */
    public record Prompts(String prompt, String negative, int clipSkip) {
        public Prompts {
            given("prompt", prompt);
            given("negative prompt", negative);
            check(clipSkip >= 1 && clipSkip <= 12, "clip skip %d: give 1 (the last layer) to 12", clipSkip);
        }
    }

    /**
     * @param sampler a sampler's name as A1111 shows it, for example "DPM++ SDE"
     * @param scheduler "Automatic", "Karras", "Exponential", …
     * @param steps of the whole schedule; denoise decides how many are run (A1111's rule)
     * @param cfg classifier-free guidance scale; only exactly 1 skips the unconditional call, and with it the negative prompt
     * @param denoise denoise strength, 0 to 1; even 0 runs the last step
     * @param seed of all noise
     * @param precision "f32" or "bf16", never "auto": a resume on another machine must not change it
     */
    public record Sampling(
            String sampler, String scheduler, int steps, double cfg, double denoise, long seed, String precision) {
        public Sampling {
            given("sampler", sampler);
            given("scheduler", scheduler);
            given("precision", precision);
            check(steps >= 1 && steps <= 1000, "steps %d: give 1 to 1000", steps);
            check(cfg >= 0 && cfg <= 100, "cfg %s: give 0 to 100", cfg);
            check(
                    denoise >= 0 && denoise <= 1,
                    "denoise %s: give 0 (only the last step is run) to 1 (all is drawn anew)",
                    denoise);
            check(precision.equals("f32") || precision.equals("bf16"), "precision '%s': give f32 or bf16", precision);
        }
    }

    /**
     * @param tile side of a core in pixels, a multiple of 8
     * @param padding what a tile sees beyond its core, both sides together, a multiple of 8
     * @param blur feather: how many pixels the blend reaches to either side of a core's border; 0 is a hard edge
     * @param order of the tiles: chess (two phases) or none (one phase)
     * @param toneLock radius in pixels above which the model may not change tone; 0 lets it change everything
     * @param batch tiles denoised together; decided once, before the first step
     */
    public record Tiling(int tile, int padding, int blur, Order order, int toneLock, int batch) {
        private static final int READ_MULTIPLE = 64;

        public Tiling {
            given("order", order);
            check(
                    tile >= 64 && tile <= 8192 && tile % Axis.LATENT == 0,
                    "tile %d: give a multiple of 8 from 64 to 8192",
                    tile);
            check(
                    padding >= 0 && padding <= tile && padding % Axis.LATENT == 0,
                    "padding %d: give a multiple of 8 from 0 to the tile's %d",
                    padding,
                    tile);
            int widest = widestBlur(tile, padding);
            check(
                    blur >= 0 && blur <= widest,
                    "blur %d: give 0 to %d, half of what neighbouring tiles share; more padding allows more",
                    blur,
                    widest);
            check(toneLock >= 0 && toneLock <= 512, "tone lock %d: give 0 (off) to 512 pixels", toneLock);
            check(batch >= 1 && batch <= 256, "batch %d: give 1 to 256", batch);
        }

        /** Side of the square that the networks see: tile + padding, rounded up to a multiple of 64. */
        public int readSide() {
            return readSide(tile, padding);
        }

        /** Half of what neighbouring tiles share: a blend cannot reach further. */
        public static int widestBlur(int tile, int padding) {
            return (readSide(tile, padding) - tile) / 2;
        }

        private static int readSide(int tile, int padding) {
            return Math.ceilDiv(tile + padding, READ_MULTIPLE) * READ_MULTIPLE;
        }
    }

    /** @param scale enlargement before each pass, 1 for none */
    public record Passes(int count, double scale) {
        public Passes {
            check(count >= 1 && count <= 16, "passes %d: give 1 to 16", count);
            check(scale >= 1 && scale <= 16, "scale %s: give 1 (redraw only) to 16", scale);
        }
    }

    public enum Order {
        CHESS,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A recipe is a file that anyone may have edited: a line may be missing. */
    private static void given(String name, Object value) {
        check(value != null, "the recipe gives no %s: add it", name);
    }
}
