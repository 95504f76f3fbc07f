package giga.diffusion.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which sigmas the steps of a run visit. Names are those of A1111; Turbo is Forge's. */
public enum Scheduler {
    /** What suits the sampler, see {@link Sampler#automatic()}; alone the same as Uniform. */
    AUTOMATIC("Automatic", Schedules::uniform),
    UNIFORM("Uniform", Schedules::uniform),
    KARRAS("Karras", Schedules::karras),
    EXPONENTIAL("Exponential", Schedules::exponential),
    POLYEXPONENTIAL("Polyexponential", Schedules::polyexponential),
    SGM_UNIFORM("SGM Uniform", Schedules::sgmUniform, "SGMUniform"),
    KL_OPTIMAL("KL Optimal", Schedules::klOptimal),
    ALIGN_YOUR_STEPS("Align Your Steps", Schedules::alignYourSteps),
    SIMPLE("Simple", Schedules::simple),
    NORMAL("Normal", Schedules::normal),
    DDIM("DDIM", Schedules::ddim, "DDIM Uniform"),
    BETA("Beta", Schedules::beta),
    TURBO("Turbo", Schedules::turbo);

    private final String label;
    private final Rule rule;
    private final List<String> names;

    Scheduler(String label, Rule rule, String... otherNames) {
        this.label = label;
        this.rule = rule;
        this.names = Stream.concat(Stream.of(label), Stream.of(otherNames)).toList();
    }

    /**
     * @param name as shown, or as A1111's API has it ("sgm_uniform"); case does not matter
     * @throws giga.diffusion.ModelException that suggests the nearest name
     */
    public static Scheduler byName(String name) {
        String shown = name.strip().replace('_', ' ');
        for (Scheduler scheduler : values())
            if (scheduler.names.stream().anyMatch(shown::equalsIgnoreCase)) return scheduler;
        throw Names.unknown("scheduler", name, List.of(values()));
    }

    /**
     * Sigmas falling from one step to the next. The last is 0, but for {@link #KL_OPTIMAL}, which ends at the lowest
     * noise of the model. There are steps + 1 of them, but {@link #DDIM} may have more.
     *
     * @throws giga.diffusion.ModelException when the spacing leaves no room for so many steps
     */
    public float[] sigmas(SigmaTable table, int steps, SamplerOptions.Spacing spacing) {
        if (steps < 1) throw new IllegalArgumentException(steps + " steps");
        if (!spacing.discardNextToLast()) return rule.sigmas(table, steps, spacing);
        float[] longer = rule.sigmas(table, steps + 1, spacing);
        float[] sigmas = Arrays.copyOf(longer, longer.length - 1);
        sigmas[sigmas.length - 1] = longer[longer.length - 1];
        return sigmas;
    }

    /** All names it is known by. */
    List<String> names() {
        return names;
    }

    /** The name people know it by. */
    @Override
    public String toString() {
        return label;
    }

    private interface Rule {
        float[] sigmas(SigmaTable table, int steps, SamplerOptions.Spacing spacing);
    }
}
