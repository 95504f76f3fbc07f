package giga.diffusion;

import giga.diffusion.sampler.Guidance;
import giga.diffusion.sampler.Img2Img;
import giga.diffusion.sampler.Sampler;
import giga.diffusion.sampler.SamplerName;
import giga.diffusion.sampler.Scheduler;

/**
 * How latents are sampled.
 *
 * @param steps of the whole schedule, 1 to 1000; denoise decides how many are run
 * @param denoise strength of the redraw, 0 (the last step only) to 1 (all new), by A1111's rule
 * @param cfg scale of the guidance, 0 to 100; 1 needs no negative prompt
 * @throws ModelException that names the value and what to give instead
 */
public record Sampling(Sampler sampler, Scheduler scheduler, int steps, double denoise, double cfg) {
    public Sampling {
        if (steps < 1 || steps > 1000)
            throw new ModelException("Sampling in %d steps: give 1 to 1000".formatted(steps));
        if (!(denoise >= 0 && denoise <= 1))
            throw new ModelException(
                    "A denoise strength of %s: give 0 (the last step only) to 1 (all new)".formatted(denoise));
        if (!(cfg >= 0 && cfg <= 100))
            throw new ModelException("A guidance scale (cfg) of %s: give 0 to 100; 1 is no guidance".formatted(cfg));
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

    /** Steps that a prompt's schedule counts, of the whole schedule and not only of the part that denoise leaves. */
    public int promptSteps() {
        return sampler.promptSteps(steps);
    }

    /** Calls of the denoiser that a run takes; each is one network evaluation, two with guidance. */
    public int denoiserCalls() {
        return sampler.denoiserCalls(Img2Img.steps(steps, denoise));
    }

    /** Network evaluations per picture of a run. */
    public int networkCalls() {
        return Guidance.needsUnconditional(cfg) ? 2 * denoiserCalls() : denoiserCalls();
    }
}
