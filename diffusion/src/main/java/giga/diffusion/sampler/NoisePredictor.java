package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.weights.Architecture.Prediction;

/**
 * Estimates the noise e in x = √ᾱ·picture + √(1 − ᾱ)·e at a timestep, guidance included: all that a sampler on
 * timesteps asks of a model. Its pictures keep variance 1, so the network sees x as it is.
 */
@FunctionalInterface
interface NoisePredictor {
    /** @param timestep may be a fraction; both outputs are noise of x's shape */
    GuidedNetwork.Output predict(Planes x, float timestep);

    /** The noise predictor of a network; v is turned into noise with the level of the whole timestep below. */
    static NoisePredictor of(Prediction prediction, NoiseSchedule schedule, GuidedNetwork network) {
        float[] alphas = schedule.alphasCumprod();
        return (x, timestep) -> {
            float sigma = schedule.sigma(timestep);
            GuidedNetwork.Output output = network.predict(x, timestep, sigma, timestep);
            return switch (prediction) {
                case EPS -> output;
                case V -> {
                    float alpha = alphas[Math.clamp((long) timestep, 0, alphas.length - 1)];
                    yield new GuidedNetwork.Output(
                            noise(x, output.guided(), alpha), noise(x, output.unconditional(), alpha));
                }
            };
        };
    }

    private static Planes noise(Planes x, Planes velocity, float alpha) {
        return Combine.sum(Math.sqrt(alpha), velocity, Math.sqrt(1 - alpha), x);
    }
}
