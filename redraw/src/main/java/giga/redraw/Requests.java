package giga.redraw;

import giga.diffusion.sampler.SamplerName;
import giga.diffusion.sampler.Scheduler;
import giga.diffusion.tensor.Precision;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;

/** Makes the request that a caller's settings come to, for a model with its own recommendation. */
public final class Requests {
    /** On a CPU the networks take tiles one by one anyway, and small batches lose less in a kill. */
    private static final int CPU_BATCH = 1;

    /** A1111's seeds. */
    private static final long SEEDS = 4294967294L;

    private Requests() {}

    /**
     * @param seed -1 for a random one
     * @param precision auto, f32 or bf16
     * @param batch auto or a number
     * @throws JobException when a setting cannot be used
     * @throws giga.diffusion.ModelException when a sampler, a scheduler or a precision is unknown
     */
    public static Request resolve(
            Path input, Path output, Path model, Settings wishes, long seed, String precision, String batch) {
        Settings settings = wishes.orElse(SettingsFile.beside(model)).orElse(Settings.DEFAULTS);
        SamplerName sampler = SamplerName.parse(settings.sampler().orElseThrow());
        Scheduler scheduler = sampler.scheduler()
                .orElseGet(() -> Scheduler.byName(settings.scheduler().orElseThrow()));
        return new Request(
                input.toAbsolutePath().normalize().toString(),
                output.toAbsolutePath().normalize().toString(),
                model.toAbsolutePath().normalize().toString(),
                new Request.Prompts(
                        settings.prompt().orElseThrow(),
                        settings.negative().orElseThrow(),
                        settings.clipSkip().orElseThrow()),
                new Request.Sampling(
                        sampler.sampler().toString(),
                        scheduler.toString(),
                        settings.steps().orElseThrow(),
                        settings.cfg().orElseThrow(),
                        settings.denoise().orElseThrow(),
                        seed == -1 ? new SecureRandom().nextLong(SEEDS) : seed,
                        Precision.of(precision).toString()),
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
