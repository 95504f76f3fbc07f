package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.noise.NoiseSource;
import java.util.Optional;

/** Redraws latents: noise them to a part of the schedule, sample them back (SDEdit, Meng et al. 2022), as A1111 counts. */
public final class Img2Img {
    /** A1111 keeps a full redraw one step below the schedule's length. */
    private static final double MOST = 0.999;

    private static final int LONGEST = 1000;

    private Img2Img() {}

    /**
     * How denoise and steps become a part of a schedule.
     *
     * @param schedule steps of the whole schedule
     * @param encoded A1111's t_enc: a run on sigmas takes one step more, one on timesteps starts at this of the grid
     */
    record Steps(int schedule, int encoded) {
        static Steps of(int steps, double denoise, boolean exact) {
            double strength = Math.min(denoise, MOST);
            if (!exact) return new Steps(steps, (int) (strength * steps));
            return new Steps(denoise > 0 ? (int) (steps / strength) : 0, steps - 1);
        }
    }

    /**
     * The redrawn latents.
     *
     * @param latents [n, channels, height, width] in the network's scale, unchanged
     * @param noise of the same shape; its draw 0 is the start's
     * @throws ModelException when the sampler cannot run so few steps, or the network breaks
     */
    public static Planes sample(Sampling sampling, Model model, Planes latents, NoiseSource noise) {
        return sample(sampling, model, latents, noise, Optional.empty());
    }

    /**
     * The latents redrawn where a mask does not keep them. What is kept comes out as it was only after a last
     * {@link LatentMask#blend}, which is left to the caller.
     */
    public static Planes sample(
            Sampling sampling, Model model, Planes latents, NoiseSource noise, Optional<LatentMask> mask) {
        if (!sampling.sampler().has(Sampler.Trait.BY_ITEM) || latents.batch() == 1)
            return whole(sampling, model, latents, noise, between(mask));
        return ItemNoise.eachItem(
                latents.batch(),
                noise,
                (i, own) -> whole(sampling, model, latents.item(i), own, between(mask.map(kept -> kept.item(i)))));
    }

    private static Between between(Optional<LatentMask> mask) {
        return mask.map(Between::mask).orElseGet(Between::nothing);
    }

    /** The sigmas of a run. */
    static Sigmas sigmas(Sampling sampling, NoiseSchedule schedule) {
        Steps steps = steps(sampling);
        float[] levels = SamplingRun.sigmas(sampling, SamplingRun.table(sampling, schedule), steps.schedule);
        // Schedules of 1000 steps may have fewer levels than that.
        return new Sigmas(levels, Math.min(steps.schedule - steps.encoded - 1, levels.length - 2));
    }

    static Planes whole(Sampling sampling, Model model, Planes latents, NoiseSource noise, Between between) {
        Steps steps = steps(sampling);
        SamplingRun run = new SamplingRun(sampling, model, between, steps.encoded + 1);
        NoiseSchedule schedule = SamplingRun.schedule(sampling, model);
        SamplerOptions.Start start = sampling.options().start();
        Planes first = noise.draw(0);
        return switch (sampling.sampler().rule()) {
            case Rule.OnSigmas rule -> {
                Sigmas sigmas = sigmas(sampling, schedule);
                double amount = (sigmas.first() + start.extraNoise()) * start.noiseMultiplier();
                yield run.onSigmas(rule, Combine.plus(latents, amount, first), sigmas, noise);
            }
            case Rule.OnTimesteps rule -> {
                Timesteps timesteps = Timesteps.below(steps, sampling, schedule.alphasCumprod());
                double alpha = timesteps.startAlpha();
                double amount =
                        (Math.sqrt(1 - alpha) + start.extraNoise() * Math.sqrt(alpha)) * start.noiseMultiplier();
                Planes x = Combine.sum(Math.sqrt(alpha), latents, amount, first);
                yield run.onTimesteps(rule, x, timesteps, noise);
            }
        };
    }

    private static Steps steps(Sampling sampling) {
        Steps steps = Steps.of(
                sampling.steps(), sampling.denoise(), sampling.options().start().exactSteps());
        if (steps.schedule < 1 || steps.schedule > LONGEST)
            throw new ModelException(
                    "Exactly %d steps at denoise %s would be the end of a schedule of %d: give fewer steps, more denoise, or do without exact steps"
                            .formatted(sampling.steps(), sampling.denoise(), steps.schedule));
        return steps;
    }
}
