package giga.redraw;

import giga.diffusion.sampler.SamplerName;
import giga.diffusion.sampler.Scheduler;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Makes the request that a caller's settings come to, for a model with its own recommendation. */
public final class Requests {
    /** On a CPU the networks take tiles one by one anyway, and small batches lose less in a kill. */
    private static final int CPU_BATCH = 1;

    private Requests() {}

    /**
     * @param batch auto or a number
     * @throws JobException when a setting cannot be used
     * @throws giga.diffusion.ModelException when a sampler or a scheduler is unknown or cannot run in so few steps
     */
    public static Request redraw(
            Path input,
            Path output,
            Diffusion.Model model,
            Settings wishes,
            Diffusion.Tuning tuning,
            Diffusion.Noise noise,
            List<Diffusion.Lora> loras,
            String batch) {
        Settings settings = wishes.completedFor(Path.of(model.path()));
        Diffusion diffusion = diffusion(model, settings, tuning, noise, loras);
        // Counting the calls shows whether the sampler can run so few steps, before there is a job.
        diffusion.sampling().resolved().denoiserCalls();
        return new Request(
                input.toAbsolutePath().normalize().toString(),
                output.toAbsolutePath().normalize().toString(),
                diffusion,
                new Request.Tiling(
                        settings.tile().orElseThrow(),
                        settings.padding().orElseThrow(),
                        blur(wishes, settings),
                        settings.order().orElseThrow(),
                        settings.toneLock().orElseThrow(),
                        batch(batch)),
                new Request.Passes(
                        settings.passes().orElseThrow(), settings.scale().orElseThrow()));
    }

    /**
     * @param settings complete
     * @throws JobException when a setting cannot be used
     * @throws giga.diffusion.ModelException when a sampler or a scheduler is unknown
     */
    public static Diffusion diffusion(
            Diffusion.Model model,
            Settings settings,
            Diffusion.Tuning tuning,
            Diffusion.Noise noise,
            List<Diffusion.Lora> loras) {
        SamplerName sampler = SamplerName.parse(settings.sampler().orElseThrow());
        Scheduler scheduler = sampler.scheduler()
                .orElseGet(() -> Scheduler.byName(settings.scheduler().orElseThrow()));
        Diffusion diffusion = new Diffusion(
                model,
                new Diffusion.Prompts(
                        settings.prompt().orElseThrow(),
                        settings.negative().orElseThrow(),
                        settings.clipSkip().orElseThrow(),
                        settings.emphasis().orElseThrow()),
                new Diffusion.Sampling(
                        sampler.sampler().toString(),
                        scheduler.toString(),
                        settings.steps().orElseThrow(),
                        settings.cfg().orElseThrow(),
                        settings.denoise().orElseThrow(),
                        tuning),
                noise,
                loras);
        diffusion.sampling().resolved();
        return diffusion;
    }

    /** A blur that nobody asked for gives way to a small padding. */
    private static int blur(Settings wishes, Settings settings) {
        int widest = Request.Tiling.widestBlur(
                settings.tile().orElseThrow(), settings.padding().orElseThrow());
        return wishes.blur().orElseGet(() -> Math.min(settings.blur().orElseThrow(), widest));
    }

    private static int batch(String batch) {
        if (batch.toLowerCase(Locale.ROOT).equals("auto")) return CPU_BATCH;
        try {
            return Integer.parseInt(batch);
        } catch (NumberFormatException e) {
            throw new JobException("batch '" + batch + "': give auto or a number from 1 to 256", e);
        }
    }
}
