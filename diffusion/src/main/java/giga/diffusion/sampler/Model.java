package giga.diffusion.sampler;

import giga.diffusion.weights.Architecture.Prediction;

/**
 * What a run samples from.
 *
 * @param prediction what the network's output means
 * @param schedule it was trained on
 */
public record Model(Prediction prediction, NoiseSchedule schedule, PromptedNetwork network) {}
