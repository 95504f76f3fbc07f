package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import java.util.List;

/** A network whose outputs are guided; counts its calls, so each run needs its own. */
final class GuidedNetwork {
    private final PromptedNetwork network;
    private final Guidance guidance;
    private final boolean unconditionalAlways;
    private final int calls;
    private int call;

    /** What a call gives; where guidance skipped the unconditional output, the conditional stands in for it. */
    record Output(Planes guided, Planes unconditional) {}

    /**
     * @param unconditionalAlways for a sampler with a use of its own for the unconditional output
     * @param first number of the first call that is made
     * @param calls how many A1111 counts in the run
     */
    GuidedNetwork(PromptedNetwork network, Guidance guidance, boolean unconditionalAlways, int first, int calls) {
        this.network = network;
        this.guidance = guidance;
        this.unconditionalAlways = unconditionalAlways;
        this.call = first;
        this.calls = calls;
    }

    /** @param level sigma, or the timestep in a timestep sampler */
    Output predict(Planes x, float timestep, float sigma, float level) {
        List<Double> weights = network.weights();
        boolean unconditional = (unconditionalAlways || guidance.needsUnconditional(weights))
                && !guidance.skips(call, calls, level, sigma);
        List<Planes> outputs = network.predict(x, timestep, call++, unconditional);
        for (Planes output : outputs) requireNumbers(output, sigma);
        List<Planes> parts = outputs.subList(0, weights.size());
        Planes without = unconditional ? outputs.getLast() : outputs.getFirst();
        return new Output(guidance.combine(parts, weights, without), without);
    }

    private static void requireNumbers(Planes output, float sigma) {
        for (float value : output.values())
            if (!Float.isFinite(value))
                throw new ModelException(
                        "The network's output at sigma %s is not a number; use precision f32, or another model"
                                .formatted(sigma));
    }
}
