package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.weights.Architecture.Prediction;
import java.util.Collections;
import java.util.List;

/**
 * What a run takes, counted by running it on a single value with a formula in the network's place, so the count is
 * always the sampler's own. Exact but for {@link Sampler#adaptive()} samplers, whose calls depend on the picture: for
 * these it is an estimate.
 *
 * @param denoiserCalls calls of the denoiser
 * @param networkCalls evaluations of the network for one picture: each call's prompt parts, and the negative prompt
 *     where guidance needs it
 */
public record RunCost(int denoiserCalls, int networkCalls) {
    /** @param parts of the prompt, which AND joins, each of weight 1 */
    public static RunCost img2img(Sampling sampling, NoiseSchedule schedule, int parts) {
        Counter counter = new Counter(schedule.alphasCumprod(), parts);
        Img2Img.sample(sampling, new Model(Prediction.EPS, schedule, counter), ONE, new ConstantNoise());
        return counter.cost();
    }

    public static RunCost txt2img(Sampling sampling, NoiseSchedule schedule, int parts) {
        Counter counter = new Counter(schedule.alphasCumprod(), parts);
        Txt2Img.sample(sampling, new Model(Prediction.EPS, schedule, counter), new ConstantNoise());
        return counter.cost();
    }

    private static final Planes ONE = new Planes(1, 1, 1, 1, new float[] {1});

    /** Predicts noise as is right for normally distributed pictures. */
    private static final class Counter implements PromptedNetwork {
        private final float[] alphasCumprod;
        private final int parts;
        private int denoiserCalls;
        private int networkCalls;

        Counter(float[] alphasCumprod, int parts) {
            this.alphasCumprod = alphasCumprod;
            this.parts = parts;
        }

        @Override
        public List<Double> weights() {
            return Collections.nCopies(parts, 1.0);
        }

        @Override
        public List<Planes> predict(Planes x, float timestep, int call, boolean unconditional) {
            int outputs = parts + (unconditional ? 1 : 0);
            denoiserCalls++;
            networkCalls += outputs;
            double alpha = alphasCumprod[(int) timestep];
            return Collections.nCopies(outputs, Combine.scaled(Math.sqrt(1 - alpha), x));
        }

        RunCost cost() {
            return new RunCost(denoiserCalls, networkCalls);
        }
    }

    private record ConstantNoise() implements NoiseSource {
        @Override
        public Planes draw(int number) {
            return ONE;
        }

        @Override
        public Brownian brownian(float[] sigmas) {
            return (sigma, sigmaNext) -> ONE;
        }
    }
}
