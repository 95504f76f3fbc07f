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
     * @param geometry where tiles lie, and what becomes of the seams
     * @param batch auto or a number
     * @throws JobException when a setting cannot be used
     * @throws giga.diffusion.ModelException when a sampler or a scheduler is unknown or cannot run in so few steps
     */
    public static Request redraw(
            Path input,
            Path output,
            Diffusion.Model model,
            Settings wishes,
            Geometry geometry,
            Diffusion.Tuning tuning,
            Diffusion.Noise noise,
            List<Diffusion.Lora> loras,
            String batch) {
        Settings settings = wishes.completedFor(Path.of(model.path()));
        Diffusion diffusion = diffusion(model, settings, tuning, noise, loras);
        Request.Tiling tiling = tiling(geometry.layout(), wishes, settings, batch(batch));
        Request request = new Request(
                input.toAbsolutePath().normalize().toString(),
                output.toAbsolutePath().normalize().toString(),
                diffusion,
                tiling,
                geometry.seams(tiling, wishes.seamsDenoise(), settings.seamsDenoise()),
                new Request.Passes(
                        settings.passes().orElseThrow(), settings.scale().orElseThrow(), geometry.redraw()));
        // Counting the calls shows whether the sampler can run so few steps, before there is a job.
        if (geometry.redraw()) request.unetCalls(Phase.Kind.DRAW);
        if (geometry.seams() != Request.Seams.Mode.NONE) request.unetCalls(Phase.Kind.SEAM);
        return request;
    }

    /** What a layout brings with it goes before a model's recommendation, which is for another. */
    private static Request.Tiling tiling(Layout layout, Settings wishes, Settings settings, int batch) {
        int tile = settings.tile().orElseThrow();
        int padding = wishes.padding()
                .or(() -> layout.padding().map(usual -> Math.min(usual, tile)))
                .or(settings::padding)
                .orElseThrow();
        // A blur that nobody asked for gives way to a small padding.
        int widest = Request.Tiling.widestBlur(tile, padding);
        int blur = wishes.blur()
                .orElseGet(() -> Math.min(layout.blur().or(settings::blur).orElseThrow(), Math.max(0, widest)));
        return new Request.Tiling(
                tile,
                padding,
                blur,
                wishes.order().or(layout::order).or(settings::order).orElseThrow(),
                settings.toneLock().orElseThrow(),
                batch,
                layout,
                Join.PIXELS);
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

    private static int batch(String batch) {
        if (batch.toLowerCase(Locale.ROOT).equals("auto")) return CPU_BATCH;
        try {
            return Integer.parseInt(batch);
        } catch (NumberFormatException e) {
            throw new JobException("batch '" + batch + "': give auto or a number from 1 to 256", e);
        }
    }
}
