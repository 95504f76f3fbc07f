package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.noise.NoiseSource;

/**
 * What txt2img and img2img have in common: a sampling on a model.
 *
 * @param steps that A1111 counts for the run
 */
record SamplingRun(Sampling sampling, Model model, Between between, int steps) {
    /** CFG++ scales of 0 to 1 are as strong as usual ones of 0 to 12.5. */
    private static final double CFG_PLUS_PLUS_UNIT = 12.5;

    Planes onSigmas(Rule.OnSigmas rule, Planes x, Sigmas sigmas, NoiseSource noise) {
        NoiseSchedule schedule = schedule(sampling, model);
        SigmaTable table = table(sampling, schedule);
        boolean quantized = sampling.options().compat().quantizedTimesteps();
        Denoiser.Timing timing = quantized && table == schedule ? schedule::trainedTimestep : table::timestep;
        Denoiser plain = Denoiser.of(model.prediction(), timing, guided());
        Denoiser own =
                sampling.sampler().has(Sampler.Trait.CONSISTENT) ? LatentConsistency.consistent(plain, timing) : plain;
        return rule.sample(between.before(own), x, sigmas, noise, sampling.options());
    }

    Planes onTimesteps(Rule.OnTimesteps rule, Planes x, Timesteps timesteps, NoiseSource noise) {
        NoisePredictor plain = NoisePredictor.of(model.prediction(), schedule(sampling, model), guided());
        return rule.sample(between.before(plain), x, timesteps, noise, sampling.options());
    }

    /** The levels that a run on sigmas may visit. */
    static SigmaTable table(Sampling sampling, NoiseSchedule schedule) {
        return sampling.sampler().has(Sampler.Trait.CONSISTENT) ? new LcmSchedule(schedule) : schedule;
    }

    static NoiseSchedule schedule(Sampling sampling, Model model) {
        return sampling.options().compat().halvedSchedule() ? model.schedule().halved() : model.schedule();
    }

    /** A schedule of so many steps from which a run may take a part. */
    static float[] sigmas(Sampling sampling, SigmaTable table, int steps) {
        Sampler sampler = sampling.sampler();
        Scheduler scheduler = sampling.scheduler() == Scheduler.AUTOMATIC ? sampler.automatic() : sampling.scheduler();
        SamplerOptions.Spacing spacing = sampling.options().spacing();
        if (sampler.has(Sampler.Trait.DISCARDS)) spacing = spacing.discarding();
        return scheduler.sigmas(table, steps, spacing);
    }

    private GuidedNetwork guided() {
        boolean plusPlus = sampling.sampler().has(Sampler.Trait.CFG_PLUS_PLUS);
        Guidance guidance = sampling.guidance();
        if (plusPlus) guidance = guidance.withScale(guidance.scale() / CFG_PLUS_PLUS_UNIT);
        return new GuidedNetwork(
                model.network(),
                guidance,
                plusPlus,
                between.answered(),
                sampling.sampler().promptSteps(steps));
    }
}
