package giga.diffusion.sampler;

import java.util.List;

/** Which sigmas the steps of a run visit. Names are those of A1111. */
public enum Scheduler {
    /** What suits the sampler, see {@link Sampler#automatic()}; alone the same as Uniform. */
    AUTOMATIC("Automatic", Scheduler::uniform),
    UNIFORM("Uniform", Scheduler::uniform),
    KARRAS("Karras", Scheduler::karras),
    EXPONENTIAL("Exponential", Scheduler::exponential);

    private final String label;
    private final Rule rule;

    Scheduler(String label, Rule rule) {
        this.label = label;
        this.rule = rule;
    }

    /** @throws giga.diffusion.ModelException that suggests the nearest name; case does not matter */
    public static Scheduler byName(String name) {
        return Names.find("scheduler", name, List.of(values()));
    }

    /** [steps + 1] Falling, the last is 0. */
    public float[] sigmas(NoiseSchedule schedule, int steps) {
        if (steps < 1) throw new IllegalArgumentException(steps + " steps");
        float[] sigmas = new float[steps + 1];
        for (int i = 0; i < steps; i++) sigmas[i] = rule.sigma(schedule, i, steps);
        return sigmas;
    }

    /** The name people know it by. */
    @Override
    public String toString() {
        return label;
    }

    private interface Rule {
        float sigma(NoiseSchedule schedule, int step, int steps);
    }

    /** Equal steps in the training's time (k-diffusion's get_sigmas). */
    private static float uniform(NoiseSchedule schedule, int step, int steps) {
        return schedule.sigma(linear(schedule.timestep(schedule.sigmaMax()), 0, step, steps));
    }

    /** Karras et al., "Elucidating the design space of diffusion-based generative models" (2022), equation 5. */
    private static float karras(NoiseSchedule schedule, int step, int steps) {
        double rho = 7;
        double min = StrictMath.pow(schedule.sigmaMin(), 1 / rho);
        double max = StrictMath.pow(schedule.sigmaMax(), 1 / rho);
        float root = (float) max + linear(0, 1, step, steps) * (float) (min - max);
        return (float) StrictMath.pow(root, rho);
    }

    /** Equal steps in the logarithm of sigma. */
    private static float exponential(NoiseSchedule schedule, int step, int steps) {
        float max = (float) StrictMath.log(schedule.sigmaMax());
        float min = (float) StrictMath.log(schedule.sigmaMin());
        return (float) StrictMath.exp(linear(max, min, step, steps));
    }

    /** Evenly spaced values in float32, counted from the nearer end, as torch.linspace rounds them. */
    private static float linear(float start, float end, int index, int count) {
        if (count == 1) return start;
        float step = (end - start) / (count - 1);
        return index < count / 2 ? start + step * index : end - step * (count - 1 - index);
    }
}
