package giga.diffusion.sampler;

/** What stands between a sampler and the denoiser that it asks, and may change question or answer. Good for one run. */
interface Between {
    Denoiser before(Denoiser denoiser);

    NoisePredictor before(NoisePredictor predictor);

    /** Calls at the start of the run that do not come to the network: prompts and guidance go by the count of calls. */
    default int answered() {
        return 0;
    }

    static Between nothing() {
        return new Between() {
            @Override
            public Denoiser before(Denoiser denoiser) {
                return denoiser;
            }

            @Override
            public NoisePredictor before(NoisePredictor predictor) {
                return predictor;
            }
        };
    }

    /** Keeps what the mask keeps. */
    static Between mask(LatentMask mask) {
        return new Between() {
            @Override
            public Denoiser before(Denoiser denoiser) {
                return (x, sigma) -> mask.blend(denoiser.denoise(x, sigma));
            }

            @Override
            public NoisePredictor before(NoisePredictor predictor) {
                return (x, timestep) -> predictor.predict(mask.blend(x), timestep);
            }
        };
    }
}
