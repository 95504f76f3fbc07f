package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;
import java.util.List;

/** How a run gets from one sigma to the next. Names are those of A1111. */
public enum Sampler {
    EULER("Euler", Scheduler.UNIFORM, false, Euler::euler),
    EULER_ANCESTRAL("Euler a", Scheduler.UNIFORM, false, Euler::eulerAncestral),
    DPM_PP_2M("DPM++ 2M", Scheduler.KARRAS, false, DpmPlusPlus::multistep2),
    DPM_PP_SDE("DPM++ SDE", Scheduler.KARRAS, true, DpmPlusPlus::sde);

    private final String label;
    private final Scheduler automatic;
    private final boolean twoCallsPerStep;
    private final Rule rule;

    Sampler(String label, Scheduler automatic, boolean twoCallsPerStep, Rule rule) {
        this.label = label;
        this.automatic = automatic;
        this.twoCallsPerStep = twoCallsPerStep;
        this.rule = rule;
    }

    /** @throws giga.diffusion.ModelException that suggests the nearest name; case does not matter */
    public static Sampler byName(String name) {
        return Names.find("sampler", name, List.of(values()));
    }

    /**
     * Takes x down the run's sigmas.
     *
     * @param x [n, channels, height, width] at noise level {@code sigmas.first()}; unchanged. An item's result does not
     *     depend on the others in its batch
     * @param noise of the same shape; draw 0, the start's, is not asked for
     */
    public Planes sample(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise) {
        return rule.sample(denoiser, x, sigmas, noise);
    }

    /** The scheduler that {@link Scheduler#AUTOMATIC} stands for. */
    public Scheduler automatic() {
        return automatic;
    }

    /** Calls of the denoiser in a run; each is one pass through the network, two with guidance. */
    public int denoiserCalls(int steps) {
        // The step to sigma 0 is a plain Euler step everywhere.
        return twoCallsPerStep ? 2 * steps - 1 : steps;
    }

    /** Steps that a prompt's schedule counts in a run of so many steps: A1111 counts calls, and one more for the last. */
    public int promptSteps(int steps) {
        return twoCallsPerStep ? 2 * steps : steps;
    }

    /** The name people know it by. */
    @Override
    public String toString() {
        return label;
    }

    interface Rule {
        Planes sample(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise);
    }
}
