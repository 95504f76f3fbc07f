package giga.diffusion.weights;

import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Architecture.TextEncoder;
import giga.diffusion.weights.Architecture.TextEncoder.Layout;
import java.util.List;
import java.util.Map;

/** What the models of a family have in common; single files do not tell it. */
final class FamilyArchitecture {
    private static final int SD1_HEADS = 8;
    private static final int HEAD_WIDTH = 64;
    private static final double BETA_START = 0.00085;
    private static final double BETA_END = 0.012;

    private FamilyArchitecture() {}

    /** @param tensors under internal names, from which the widths are read */
    static Architecture of(
            Family family, Map<String, TensorEntry> tensors, Prediction prediction, boolean zeroTerminalSnr) {
        return new Architecture(
                family,
                prediction,
                zeroTerminalSnr,
                family == Family.SD1 ? new Heads.Count(SD1_HEADS) : new Heads.Width(HEAD_WIDTH),
                Autoencoder.KL,
                side(tensors, Parts.FIRST_CONV),
                latentScale(family, Autoencoder.KL),
                textEncoders(family, tensors),
                BETA_START,
                BETA_END);
    }

    /** The tiny autoencoder was trained on latents of the UNet's scale. */
    static double latentScale(Family family, Autoencoder autoencoder) {
        if (autoencoder == Autoencoder.TINY) {
            return 1;
        }
        return switch (family) {
            case SD1, SD2 -> 0.18215;
            case SDXL, SDXL_REFINER -> 0.13025;
        };
    }

    private static List<TextEncoder> textEncoders(Family family, Map<String, TensorEntry> tensors) {
        return switch (family) {
            case SD1 -> List.of(clip(Parts.TEXT, tensors));
            case SD2 -> List.of(openClip(Parts.OPEN_TEXT, tensors));
            case SDXL -> List.of(clip(Parts.SDXL_TEXT_1, tensors), openClip(Parts.SDXL_TEXT_2, tensors));
            case SDXL_REFINER -> List.of(openClip(Parts.REFINER_TEXT, tensors));
        };
    }

    private static TextEncoder clip(String prefix, Map<String, TensorEntry> tensors) {
        int heads = heads(tensors, prefix + "embeddings.token_embedding.weight");
        return new TextEncoder(Layout.CLIP, prefix, heads, Activation.QUICK_GELU);
    }

    private static TextEncoder openClip(String prefix, Map<String, TensorEntry> tensors) {
        return new TextEncoder(
                Layout.OPEN_CLIP, prefix, heads(tensors, prefix + "token_embedding.weight"), Activation.GELU);
    }

    private static int heads(Map<String, TensorEntry> tensors, String tokens) {
        return Math.max(1, side(tensors, tokens) / HEAD_WIDTH);
    }

    /** Input side, or 1 where a damaged file does not tell; its tensors are held against this later. */
    private static int side(Map<String, TensorEntry> tensors, String name) {
        TensorEntry entry = tensors.get(name);
        boolean told = entry != null && entry.shape().size() > 1;
        return told ? (int) Math.clamp(entry.shape().get(1), 1, 1 << 20) : 1;
    }
}
