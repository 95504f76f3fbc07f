package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.nio.file.Path;
import java.util.Map;

/** The shapes that the two kinds of autoencoders need; both shrink a picture's sides by 8. */
final class AutoencoderBlueprints {
    private static final int HALVINGS = 3;
    private static final int MOST_LEVELS = 16;
    private static final int MOST_LAYERS = 128;

    private AutoencoderBlueprints() {}

    static void check(Path path, Map<String, TensorEntry> tensors, Architecture architecture) {
        if (tensors.keySet().stream().noneMatch(Parts::isAutoencoder)) {
            throw new ModelException("%s: it has no autoencoder; --vae FILE gives it one.".formatted(path));
        }
        long latent = architecture.latentChannels();
        switch (architecture.autoencoder()) {
            case KL -> kl(path, new Blueprint(path, "autoencoder", Parts.KL, tensors), latent);
            case TINY -> {
                tinyEncoder(path, new Blueprint(path, "autoencoder's encoder", Parts.TINY_ENCODER, tensors), latent);
                tinyDecoder(path, new Blueprint(path, "autoencoder's decoder", Parts.TINY_DECODER, tensors), latent);
            }
        }
    }

    private static void kl(Path path, Blueprint plan, long latent) {
        long channels = plan.side("encoder.conv_in.weight", 0);
        plan.layer("encoder.conv_in", channels, 3, 3, 3);
        int levels = plan.count("encoder.down.", MOST_LEVELS);
        int halvings = 0;
        for (int level = 0; level < levels; level++) {
            String down = "encoder.down." + level + ".";
            channels = blocks(plan, down, channels);
            if (plan.has(down + "downsample.conv.weight")) {
                plan.layer(down + "downsample.conv", channels, channels, 3, 3);
                halvings++;
            }
        }
        middle(plan, "encoder.mid.", channels);
        plan.groupNorm("encoder.norm_out", channels);
        plan.layer("encoder.conv_out", 2 * latent, channels, 3, 3);
        plan.layer("quant_conv", 2 * latent, 2 * latent, 1, 1);

        plan.layer("post_quant_conv", latent, latent, 1, 1);
        channels = plan.side("decoder.conv_in.weight", 0);
        plan.layer("decoder.conv_in", channels, latent, 3, 3);
        middle(plan, "decoder.mid.", channels);
        int doublings = 0;
        for (int level = plan.count("decoder.up.", MOST_LEVELS) - 1; level >= 0; level--) {
            String up = "decoder.up." + level + ".";
            channels = blocks(plan, up, channels);
            if (plan.has(up + "upsample.conv.weight")) {
                plan.layer(up + "upsample.conv", channels, channels, 3, 3);
                doublings++;
            }
        }
        plan.groupNorm("decoder.norm_out", channels);
        plan.layer("decoder.conv_out", 3, channels, 3, 3);
        plan.check();
        checkFactor(path, halvings, doublings);
    }

    private static long blocks(Blueprint plan, String level, long channels) {
        long in = channels;
        int blocks = Math.max(1, plan.count(level + "block.", MOST_LAYERS));
        for (int i = 0; i < blocks; i++) {
            in = block(plan, level + "block." + i + ".", in);
        }
        return in;
    }

    private static long block(Blueprint plan, String block, long in) {
        long out = plan.side(block + "conv1.weight", 0);
        plan.groupNorm(block + "norm1", in);
        plan.layer(block + "conv1", out, in, 3, 3);
        plan.groupNorm(block + "norm2", out);
        plan.layer(block + "conv2", out, out, 3, 3);
        if (in != out || plan.has(block + "nin_shortcut.weight")) {
            plan.layer(block + "nin_shortcut", out, in, 1, 1);
        }
        return out;
    }

    private static void middle(Blueprint plan, String middle, long channels) {
        block(plan, middle + "block_1.", channels);
        plan.groupNorm(middle + "attn_1.norm", channels);
        for (String layer : new String[] {"q", "k", "v", "proj_out"}) {
            plan.layer(middle + "attn_1." + layer, channels, channels, 1, 1);
        }
        block(plan, middle + "block_2.", channels);
    }

    /** Convolutions without a bias halve the sides; the other ones are at the ends. */
    private static void tinyEncoder(Path path, Blueprint plan, long latent) {
        long channels = 3;
        int halvings = 0;
        int layers = plan.count("", MOST_LAYERS);
        for (int i = 0; i < layers; i++) {
            if (plan.has(i + ".weight") && !plan.has(i + ".bias") && i > 0 && i < layers - 1) {
                plan.need(i + ".weight", channels, channels, 3, 3);
                halvings++;
            } else {
                channels = tinyStep(plan, i, channels, i == layers - 1 ? latent : plan.side(i + ".weight", 0));
            }
        }
        plan.check();
        checkFactor(path, halvings, HALVINGS);
    }

    /** 0 is a clamp, 2 a ReLU; any later number without weights doubles the sides, and a convolution follows. */
    private static void tinyDecoder(Path path, Blueprint plan, long latent) {
        long channels = tinyStep(plan, 1, latent, plan.side("1.weight", 0));
        int doublings = 0;
        int layers = plan.count("", MOST_LAYERS);
        for (int i = 3; i < layers; i++) {
            if (!tinyLayer(plan, i)) {
                doublings++;
            } else if (i < layers - 1 && plan.has(i + ".weight") && !plan.has(i + ".bias")) {
                plan.need(i + ".weight", channels, channels, 3, 3);
            } else {
                channels = tinyStep(plan, i, channels, i == layers - 1 ? 3 : plan.side(i + ".weight", 0));
            }
        }
        plan.check();
        checkFactor(path, HALVINGS, doublings);
    }

    private static boolean tinyLayer(Blueprint plan, int i) {
        return plan.has(i + ".weight") || plan.has(i + ".conv.0.weight");
    }

    private static long tinyStep(Blueprint plan, int i, long in, long out) {
        if (plan.has(i + ".conv.0.weight")) {
            for (int conv = 0; conv <= 4; conv += 2) {
                plan.layer(i + ".conv." + conv, in, in, 3, 3);
            }
            return in;
        }
        plan.layer(String.valueOf(i), out, in, 3, 3);
        return out;
    }

    private static void checkFactor(Path path, int halvings, int doublings) {
        if (halvings != HALVINGS || doublings != HALVINGS) {
            throw new ModelException(
                    "%s: its autoencoder halves a picture %d times and doubles it %d times; supported: 3 times both."
                            .formatted(path, halvings, doublings));
        }
    }
}
