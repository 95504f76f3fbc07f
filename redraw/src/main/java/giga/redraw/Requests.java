package giga.redraw;

import static giga.redraw.JobException.check;

import giga.canvas.Region;
import giga.diffusion.sampler.SamplerName;
import giga.diffusion.sampler.Scheduler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the request that a caller's settings come to, for a model with its own recommendation. */
public final class Requests {
    /** On a CPU the networks take tiles one by one anyway, and small batches lose less in a kill. */
    private static final int CPU_BATCH = 1;

    private static final int LONGEST = 1_000_000_000;

    private Requests() {}

    /**
     * How often a picture is enlarged and redrawn.
     *
     * @throws JobException when a setting cannot be used
     */
    public static int passes(PassWish wish, Region source, Optional<TargetSize> target) {
        Settings settings = settings(wish);
        int count = settings.passes().orElseThrow();
        Request.checkPasses(count);
        return target.map(size -> size.passes(source, settings.scale().orElseThrow()))
                .filter(_ -> wish.settings().passes().isEmpty())
                .orElse(count);
    }

    /**
     * A redraw of a picture.
     *
     * @param source size of the picture
     * @param wishes one for each pass
     * @throws JobException when a setting cannot be used
     * @throws giga.diffusion.ModelException when a sampler or a scheduler is unknown or cannot run in so few steps
     */
    public static Request redraw(
            Path input, Path output, Result result, Region source, Diffusion.Noise noise, List<PassWish> wishes) {
        List<PassSettings> passes = new ArrayList<>();
        int width = source.width();
        int height = source.height();
        for (PassWish wish : wishes) {
            double scale = settings(wish).scale().orElseThrow();
            width = enlarged(width, scale);
            height = enlarged(height, scale);
            passes.add(pass(wish, noise, width, height));
        }
        return new Request(
                input.toAbsolutePath().normalize().toString(),
                output.toAbsolutePath().normalize().toString(),
                result,
                passes);
    }

    /** A side after a pass; what is too large for any picture is for the planner to refuse. */
    public static int enlarged(int side, double scale) {
        PassSettings.checkScale(scale);
        return side * scale > LONGEST ? LONGEST : Planner.enlarged(side, scale);
    }

    /** The same, ending with the size that a target leaves to the picture's shape. */
    public static Request fitted(Request request, Region source, TargetSize target) {
        Region size = target.fitted(source);
        Region canvas = Planner.plan(request, source.width(), source.height()).canvas();
        check(
                canvas.width() * TargetSize.STRETCH >= size.width(),
                "passes %d come to %dx%d pixels, and %dx%d are asked for: leave out --passes or --for",
                request.passes().size(),
                canvas.width(),
                canvas.height(),
                size.width(),
                size.height());
        Result result = request.result().at(target.dpi());
        return request.with(size.equals(canvas) ? result : result.sized(size.width(), size.height()));
    }

    /**
     * One pass.
     *
     * @param width of the canvas that it draws; height likewise
     * @throws JobException when a setting cannot be used
     * @throws giga.diffusion.ModelException when a sampler or a scheduler is unknown or cannot run in so few steps
     */
    public static PassSettings pass(PassWish wish, Diffusion.Noise noise, int width, int height) {
        Settings settings = settings(wish);
        Geometry geometry = wish.geometry();
        double denoise = settings.denoise().orElseThrow().at(width, height);
        Diffusion diffusion = diffusion(wish.model(), settings, denoise, wish.tuning(), noise, wish.loras());
        Request.Tiling tiling = tiling(geometry.layout(), wish.join(), wish.settings(), settings, batch(wish.batch()));
        PassSettings pass = new PassSettings(
                settings.scale().orElseThrow(),
                geometry.redraw(),
                wish.upscaler(),
                diffusion,
                tiling,
                geometry.seams(tiling, wish.settings().seamsDenoise(), settings.seamsDenoise()));
        // Counting the calls shows whether the sampler can run so few steps, before there is a job.
        if (geometry.redraw()) pass.unetCalls(Phase.Kind.DRAW);
        if (geometry.seams() != Request.Seams.Mode.NONE) pass.unetCalls(Phase.Kind.SEAM);
        return pass;
    }

    private static Settings settings(PassWish wish) {
        return wish.settings().completedFor(Path.of(wish.model().path()));
    }

    /** What a layout brings with it goes before a model's recommendation, which is for another. */
    private static Request.Tiling tiling(Layout layout, Join join, Settings wishes, Settings settings, int batch) {
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
                join);
    }

    /**
     * @param settings complete
     * @param denoise strength
     * @throws JobException when a setting cannot be used
     * @throws giga.diffusion.ModelException when a sampler or a scheduler is unknown
     */
    public static Diffusion diffusion(
            Diffusion.Model model,
            Settings settings,
            double denoise,
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
                        denoise,
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
