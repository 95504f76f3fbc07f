package giga.diffusion;

import giga.diffusion.sampler.Guidance;
import giga.diffusion.sampler.NoiseSchedule;
import giga.diffusion.sampler.RunCost;
import giga.diffusion.sampler.Sampler;
import giga.diffusion.sampler.SamplerName;
import giga.diffusion.sampler.SamplerOptions;
import giga.diffusion.sampler.Scheduler;

/**
 * How latents are sampled.
 *
 * @param scheduler of no account for samplers on timesteps, {@link Sampler#onTimesteps()}
 * @param steps of the whole schedule, 1 to 1000; denoise decides how many are run
 * @param denoise strength of the redraw, 0 (the last step only) to 1 (all new), by A1111's rule
 * @throws ModelException that names the value and what to give instead
 */
public record Sampling(
        Sampler sampler, Scheduler scheduler, int steps, double denoise, Guidance guidance, SamplerOptions options) {
    private static final double BETA_START = 0.00085;
    private static final double BETA_END = 0.012;

    public Sampling {
        if (steps < 1 || steps > 1000)
            throw new ModelException("Sampling in %d steps: give 1 to 1000".formatted(steps));
        if (!(denoise >= 0 && denoise <= 1))
            throw new ModelException(
                    "A denoise strength of %s: give 0 (the last step only) to 1 (all new)".formatted(denoise));
    }

    /** @param cfg scale of the guidance, 0 to 100; 1 needs no negative prompt */
    public Sampling(Sampler sampler, Scheduler scheduler, int steps, double denoise, double cfg) {
        this(sampler, scheduler, steps, denoise, Guidance.of(cfg), SamplerOptions.DEFAULT);
    }

    /**
     * A sampling by names as people type them.
     *
     * @param sampler a sampler's name, or one with its scheduler ("DPM++ SDE Karras"), which then goes before the other
     * @param scheduler a scheduler's name
     * @throws ModelException that suggests the nearest name
     */
    public static Sampling named(String sampler, String scheduler, int steps, double denoise, double cfg) {
        SamplerName name = SamplerName.parse(sampler);
        Scheduler other = Scheduler.byName(scheduler);
        return new Sampling(name.sampler(), name.scheduler().orElse(other), steps, denoise, cfg);
    }

    public Sampling withGuidance(Guidance value) {
        return new Sampling(sampler, scheduler, steps, denoise, value, options);
    }

    public Sampling withOptions(SamplerOptions value) {
        return new Sampling(sampler, scheduler, steps, denoise, guidance, value);
    }

    /** Scale of the guidance. */
    public double cfg() {
        return guidance.scale();
    }

    /** Steps that a prompt's schedule counts, of the whole schedule and not only of the part that denoise leaves. */
    public int promptSteps() {
        return sampler.promptSteps(steps);
    }

    /** Calls of the denoiser that a redraw takes with Stable Diffusion's usual schedule and a prompt of one part. */
    public int denoiserCalls() {
        return redraw().denoiserCalls();
    }

    /** Network evaluations per picture of such a redraw. */
    public int networkCalls() {
        return redraw().networkCalls();
    }

    private RunCost redraw() {
        return RunCost.img2img(this, new NoiseSchedule(BETA_START, BETA_END), 1);
    }
}
