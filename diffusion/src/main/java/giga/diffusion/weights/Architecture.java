package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.util.List;

/**
 * What a checkpoint's tensor shapes do not tell.
 *
 * @param family the line of models it belongs to
 * @param prediction what the UNet's output means
 * @param zeroTerminalSnr whether the training schedule was rescaled to end in pure noise (Lin et al., arXiv 2305.08891)
 * @param heads attention heads of the UNet
 * @param autoencoder which autoencoder its latents belong to
 * @param latentChannels channels of a latent; 4 in all families
 * @param latentScale the UNet's latents are the autoencoder's times this
 * @param textEncoders in the order in which their outputs are joined
 * @param betaStart first beta of the training schedule, scaled linear over 1000 steps
 * @param betaEnd last beta
 */
public record Architecture(
        Family family,
        Prediction prediction,
        boolean zeroTerminalSnr,
        Heads heads,
        Autoencoder autoencoder,
        int latentChannels,
        double latentScale,
        List<TextEncoder> textEncoders,
        double betaStart,
        double betaEnd) {
    public Architecture {
        textEncoders = List.copyOf(textEncoders);
    }

    /** The same with another autoencoder. */
    Architecture with(Autoencoder other, double scale) {
        return new Architecture(
                family,
                prediction,
                zeroTerminalSnr,
                heads,
                other,
                latentChannels,
                scale,
                textEncoders,
                betaStart,
                betaEnd);
    }

    /** The same but for what the UNet's output means. */
    public Architecture predicting(Prediction other) {
        return new Architecture(
                family,
                other,
                zeroTerminalSnr,
                heads,
                autoencoder,
                latentChannels,
                latentScale,
                textEncoders,
                betaStart,
                betaEnd);
    }

    public enum Family {
        SD1,
        SD2,
        SDXL,
        SDXL_REFINER
    }

    public enum Prediction {
        EPS,
        V
    }

    public enum Autoencoder {
        KL,
        TINY
    }

    public enum Activation {
        QUICK_GELU,
        GELU
    }

    /** How a UNet's channels are split for attention. */
    public sealed interface Heads {
        /** @throws ModelException where so many channels cannot be split */
        int of(long channels);

        /** The same number of heads at every level, as SD 1.x has them. */
        record Count(int heads) implements Heads {
            @Override
            public int of(long channels) {
                if (channels % heads != 0)
                    throw new ModelException(
                            "%d channels do not divide into %d attention heads".formatted(channels, heads));
                return heads;
            }
        }

        /** Heads of the same width at every level, as SD 2.x and SDXL have them. */
        record Width(int width) implements Heads {
            @Override
            public int of(long channels) {
                if (channels % width != 0)
                    throw new ModelException(
                            "%d channels do not divide into attention heads of %d channels".formatted(channels, width));
                return (int) (channels / width);
            }
        }
    }

    /**
     * @param layout whose names its tensors have
     * @param prefix what their names begin with
     * @param activation in its feed-forward part
     */
    public record TextEncoder(Layout layout, String prefix, int heads, Activation activation) {
        public enum Layout {
            /** Hugging Face's names. */
            CLIP,
            /** OpenCLIP's own names. */
            OPEN_CLIP
        }
    }
}
