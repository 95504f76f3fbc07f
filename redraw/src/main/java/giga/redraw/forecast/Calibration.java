package giga.redraw.forecast;

import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.diffusion.PromptConditioning;
import giga.diffusion.Sampling;
import giga.diffusion.StableDiffusion;
import giga.diffusion.TextOptions;
import giga.diffusion.noise.PositionNoise;
import giga.diffusion.sampler.Sampler;
import giga.diffusion.sampler.Scheduler;
import giga.diffusion.text.Emphasis;
import giga.diffusion.text.Prompt;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.Padding;
import giga.redraw.Pass;
import giga.redraw.PassSettings;
import giga.redraw.Phase;
import java.util.Arrays;

/**
 * What one tile costs on this machine, measured.
 *
 * @param encode seconds to turn its pixels into latents
 * @param denoise seconds of one call of the denoiser, both halves of the guidance together
 * @param decode seconds to turn its latents into pixels
 * @param flops of one UNet evaluation
 */
public record Calibration(double encode, double denoise, double decode, double flops) {
    private static final int LARGEST = 4096;
    private static final double GUIDED = 2;

    /** Sends one tile of a pass through its model, once to warm up and once to measure. */
    static Calibration of(StableDiffusion model, PassSettings settings, Pass pass) {
        Region read = pass.phases().getFirst().tiles().getFirst().read();
        Padding padded = Padding.of(read.width(), read.height());
        Diffusion diffusion = settings.diffusion();
        return new Tile(
                        model,
                        diffusion.prompts(),
                        padded.paddedHeight(),
                        padded.paddedWidth(),
                        diffusion.sampling().cfg())
                .measure(1);
    }

    /**
     * Measures a square tile without prompts, with guidance.
     *
     * @param rounds of which the median counts
     */
    public static Calibration of(Diffusion.Model model, int side, int rounds) {
        requireSensible(side, rounds);
        try (StableDiffusion loaded = model.load()) {
            return Tile.square(loaded, side).measure(rounds);
        }
    }

    static void requireSensible(int side, int rounds) {
        if (side < 64 || side > LARGEST || side % 8 != 0)
            throw new JobException("size %d: give a multiple of 8 from 64 to %d".formatted(side, LARGEST));
        if (rounds < 1 || rounds > 1000) throw new JobException("rounds %d: give 1 to 1000".formatted(rounds));
    }

    /**
     * Seconds inside the networks for a pass.
     *
     * @param measured pixels that the networks saw of the tile that was measured
     */
    double seconds(Pass pass, PassSettings settings, double measured) {
        double seconds = 0;
        for (Phase phase : pass.phases()) {
            int calls = settings.sampling(phase.kind()).resolved().denoiserCalls();
            double tiles = phase.tiles().size() * phase.networkPixels() / measured;
            double evaluations = pass.isJoined(phase) ? pass.windows(calls) : tiles * calls;
            seconds += tiles * (encode + decode) + evaluations * denoise;
        }
        return seconds;
    }

    /** The median, after one round to warm up. */
    static double seconds(int rounds, Runnable work) {
        work.run();
        double[] seconds = new double[rounds];
        for (int i = 0; i < rounds; i++) seconds[i] = secondsOf(work);
        return median(seconds);
    }

    static double secondsOf(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    static double median(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    record Tile(StableDiffusion model, Diffusion.Prompts prompts, int height, int width, double cfg) {
        /** Without prompts, with guidance. */
        static Tile square(StableDiffusion model, int side) {
            return new Tile(model, new Diffusion.Prompts("", "", 1, "Original"), side, side, GUIDED);
        }

        Calibration measure(int rounds) {
            TextOptions options = new TextOptions(prompts.clipSkip(), Emphasis.byName(prompts.emphasis()));
            PromptConditioning positive = model.encode(Prompt.parse(prompts.prompt()), options, 1);
            PromptConditioning negative = model.encode(Prompt.parseNegative(prompts.negative()), options, 1);
            Planes pixels = new Planes(1, 3, height, width);
            Planes latents = model.encodePixels(pixels);
            PositionNoise noise = new PositionNoise(1, 0, 0, 0, latents.channels(), latents.height(), latents.width());
            Sampling oneCall = new Sampling(Sampler.EULER, Scheduler.KARRAS, 1, 0, cfg);
            return new Calibration(
                    seconds(rounds, () -> model.encodePixels(pixels)),
                    seconds(rounds, () -> model.denoise(latents, noise, positive, negative, oneCall)),
                    seconds(rounds, () -> model.decodeLatents(latents)),
                    model.unetFlops(
                            latents.height(),
                            latents.width(),
                            positive.at(0).getFirst().conditioning().tokens()));
        }
    }
}
