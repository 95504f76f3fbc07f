package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Architecture.TextEncoder;
import giga.diffusion.weights.Architecture.TextEncoder.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the config.json files of a diffusers folder tell of a model. */
final class FolderArchitecture {
    private static final int SDXL_TEXT = 2048;
    private static final int SD2_TEXT = 1024;

    private FolderArchitecture() {}

    /**
     * SD 1 and 2 have no mark of their own in a folder: the width of the text tells the real sizes apart, and what came
     * with SD 2, linear projections and the exact GELU of OpenCLIP's encoder, all others.
     */
    static Family family(Path folder, Config unet) {
        if (unet.text("addition_embed_type", "").equals("text_time")) {
            boolean both = FolderPart.TEXT.isIn(folder) || unet.whole("cross_attention_dim", 0) == SDXL_TEXT;
            return both ? Family.SDXL : Family.SDXL_REFINER;
        }
        if (unet.whole("cross_attention_dim", 768) == SD2_TEXT) {
            return Family.SD2;
        }
        boolean gelu = FolderPart.TEXT.isIn(folder)
                && Config.read(FolderPart.TEXT.config(folder))
                        .text("hidden_act", "")
                        .equals("gelu");
        return gelu && unet.isTrue("use_linear_projection") ? Family.SD2 : Family.SD1;
    }

    /** @param texts configurations of the text encoders, in the order of {@link FolderPart#texts} */
    static Architecture of(Family family, Config unet, List<Config> texts, Config scheduler) {
        List<TextEncoder> encoders = new ArrayList<>();
        List<FolderPart> parts = FolderPart.texts(family);
        for (int i = 0; i < parts.size(); i++) {
            Layout layout = parts.get(i).layout(family);
            encoders.add(new TextEncoder(
                    layout,
                    parts.get(i).prefix(family),
                    texts.get(i).whole("num_attention_heads", 12),
                    activation(texts.get(i), layout)));
        }
        return new Architecture(
                family,
                prediction(scheduler),
                scheduler.isTrue("rescale_betas_zero_snr"),
                heads(unet),
                Autoencoder.KL,
                unet.whole("in_channels", 4),
                FamilyArchitecture.latentScale(family, Autoencoder.KL),
                encoders,
                scheduler.number("beta_start", 0.00085),
                scheduler.number("beta_end", 0.012));
    }

    private static Prediction prediction(Config scheduler) {
        String name = scheduler.text("prediction_type", "epsilon");
        return switch (name) {
            case "epsilon" -> Prediction.EPS;
            case "v_prediction" -> Prediction.V;
            default -> throw scheduler.unsupported("prediction_type", name, "epsilon and v_prediction");
        };
    }

    private static Activation activation(Config text, Layout layout) {
        String name = text.text("hidden_act", layout == Layout.OPEN_CLIP ? "gelu" : "quick_gelu");
        return switch (name) {
            case "quick_gelu" -> Activation.QUICK_GELU;
            case "gelu" -> Activation.GELU;
            default -> throw text.unsupported("hidden_act", name, "quick_gelu and gelu");
        };
    }

    /**
     * diffusers stores the number of heads, of all levels or of each, under the name attention_head_dim.
     *
     * @throws ModelException where neither the number nor the width of the heads is the same at every level
     */
    private static Heads heads(Config unet) {
        List<Integer> heads =
                unet.wholes(unet.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim", 8);
        if (heads.stream().distinct().count() == 1) {
            return new Heads.Count(heads.getFirst());
        }
        List<Integer> channels = unet.wholes("block_out_channels", 1);
        return commonWidth(channels, heads)
                .map(Heads.Width::new)
                .orElseThrow(() -> unet.unsupported(
                        "attention_head_dim",
                        heads.toString(),
                        "the same number of heads at every level, or heads of the same width"));
    }

    private static Optional<Integer> commonWidth(List<Integer> channels, List<Integer> heads) {
        if (channels.size() != heads.size()) {
            return Optional.empty();
        }
        int width = channels.getFirst() / heads.getFirst();
        for (int level = 0; level < heads.size(); level++) {
            if (width < 1 || channels.get(level) != (long) width * heads.get(level)) {
                return Optional.empty();
            }
        }
        return Optional.of(width);
    }
}
