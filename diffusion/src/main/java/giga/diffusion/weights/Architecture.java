package giga.diffusion.weights;

/**
 * What a checkpoint's tensor shapes do not tell.
 *
 * @param family the line of models it belongs to
 * @param prediction what the UNet's output means
 * @param unetHeads attention heads of the UNet at every level
 * @param autoencoder which autoencoder its latents belong to
 * @param latentChannels channels of a latent; 4 for SD 1.x
 * @param latentScale the UNet's latents are the autoencoder's times this
 * @param textHeads attention heads of the text encoder
 * @param textActivation activation in the text encoder's feed-forward part
 * @param betaStart first beta of the training schedule, scaled linear over 1000 steps
 * @param betaEnd last beta
 */
public record Architecture(
        Family family,
        Prediction prediction,
        int unetHeads,
        Autoencoder autoencoder,
        int latentChannels,
        double latentScale,
        int textHeads,
        Activation textActivation,
        double betaStart,
        double betaEnd) {

    public enum Family {
        SD1
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
}
