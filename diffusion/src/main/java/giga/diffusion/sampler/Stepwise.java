package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.noise.NoiseSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * A redraw taken apart at the calls of its denoiser, so that pieces of a picture can go through it together: between two
 * calls a picture may be cut otherwise. All that a sampler does besides is arithmetic on single values, so the answers of
 * the denoiser so far are the whole state of a run, and what it does next follows from running it again on them: that
 * costs next to nothing, and any sampler can be had this way as it is.
 *
 * <p>Answers are denoised latents for samplers on sigmas, noise for those on timesteps.
 */
public final class Stepwise {
    private Stepwise() {}

    /** @throws ModelException where answers for pieces are not the pieces of an answer for the whole */
    public static void check(Sampling sampling) {
        if (sampling.sampler().has(Sampler.Trait.BY_ITEM) || sampling.sampler().has(Sampler.Trait.CFG_PLUS_PLUS))
            throw new ModelException(
                    "The sampler %s cannot go through a picture window by window; take another, for example DPM++ 2M"
                            .formatted(sampling.sampler()));
        if (sampling.guidance().rescale() > 0)
            throw new ModelException(
                    "A guidance rescale goes by the contrast of a whole picture and cannot be had window by window; leave it out");
    }

    /**
     * What the denoiser answers when it is called next.
     *
     * @param latents [n, channels, height, width] in the network's scale
     * @param noise of the same shape, the same for all calls of a run
     * @param known its answers so far, of the same shape; {@link Sampling#denoiserCalls} are all
     */
    public static Planes next(Sampling sampling, Model model, Planes latents, NoiseSource noise, List<Planes> known) {
        try {
            Img2Img.whole(sampling, model, latents, noise, new Replay(known));
        } catch (Reached reached) {
            return reached.answer;
        }
        throw new IllegalArgumentException("the run is over after " + known.size() + " calls");
    }

    /** The redrawn latents, all calls being answered. */
    public static Planes finish(Sampling sampling, Model model, Planes latents, NoiseSource noise, List<Planes> known) {
        try {
            return Img2Img.whole(sampling, model, latents, noise, new Replay(known));
        } catch (Reached reached) {
            throw new IllegalArgumentException("the run is not over after " + known.size() + " calls", reached);
        }
    }

    private static final class Replay implements Between {
        private final List<Planes> known;
        private int call;

        Replay(List<Planes> known) {
            this.known = known;
        }

        @Override
        public Denoiser before(Denoiser denoiser) {
            return (x, sigma) -> answer(() -> denoiser.denoise(x, sigma));
        }

        @Override
        public NoisePredictor before(NoisePredictor predictor) {
            return (x, timestep) -> {
                Planes noise = answer(() -> predictor.predict(x, timestep).guided());
                return new GuidedNetwork.Output(noise, noise);
            };
        }

        @Override
        public int answered() {
            return known.size();
        }

        private Planes answer(Supplier<Planes> network) {
            if (call < known.size()) return known.get(call++);
            throw new Reached(network.get());
        }
    }

    /** Breaks a run off: a sampler is one function, and nothing it does after this call is wanted. */
    private static final class Reached extends RuntimeException {
        private final transient Planes answer;

        Reached(Planes answer) {
            super("the run has reached an unanswered call", null, false, false);
            this.answer = answer;
        }
    }
}
