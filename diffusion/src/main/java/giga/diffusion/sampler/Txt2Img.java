package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.noise.NoiseSource;

/** Samples new latents from noise alone. */
public final class Txt2Img {
    private Txt2Img() {}

    /**
     * New latents.
     *
     * @param sampling whose denoise is of no account
     * @param noise whose draw 0, [n, channels, height, width], is the start's and gives the shape
     * @return latents in the network's scale
     * @throws giga.diffusion.ModelException when the sampler cannot run so few steps, or the network breaks
     */
    public static Planes sample(Sampling sampling, Model model, NoiseSource noise) {
        Planes first = noise.draw(0);
        if (!sampling.sampler().has(Sampler.Trait.BY_ITEM) || first.batch() == 1)
            return sample(sampling, model, noise, first);
        return ItemNoise.eachItem(first.batch(), noise, (i, own) -> sample(sampling, model, own, first.item(i)));
    }

    private static Planes sample(Sampling sampling, Model model, NoiseSource noise, Planes first) {
        SamplingRun run = new SamplingRun(sampling, model, Between.nothing(), sampling.steps());
        NoiseSchedule schedule = SamplingRun.schedule(sampling, model);
        return switch (sampling.sampler().rule()) {
            case Rule.OnSigmas rule -> {
                SigmaTable table = SamplingRun.table(sampling, schedule);
                float[] levels = SamplingRun.sigmas(sampling, table, sampling.steps());
                Sigmas sigmas = new Sigmas(levels, 0, table.sigmaMin());
                double start = sampling.options().start().sgm()
                        ? Math.sqrt(1 + sigmas.first() * sigmas.first())
                        : sigmas.first();
                yield run.onSigmas(rule, Combine.scaled(start, first), sigmas, noise);
            }
            case Rule.OnTimesteps rule -> {
                Timesteps timesteps = Timesteps.all(sampling, schedule.alphasCumprod());
                yield run.onTimesteps(rule, first, timesteps, noise);
            }
        };
    }
}
