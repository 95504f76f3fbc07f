package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;

/** One run of a sampler; noise number 0 is the start's and not asked for. */
sealed interface Rule {
    /** Pictures with noise of deviation sigma on top: x = picture + σ·noise, as in k-diffusion. */
    non-sealed interface OnSigmas extends Rule {
        Planes sample(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options);
    }

    /** Pictures that fade into noise: x = √ᾱ·picture + √(1 − ᾱ)·noise, which the network sees as they are. */
    non-sealed interface OnTimesteps extends Rule {
        Planes sample(NoisePredictor model, Planes x, Timesteps timesteps, NoiseSource noise, SamplerOptions options);
    }
}
