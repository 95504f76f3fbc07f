package giga.diffusion.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What AutoencoderTiny's layers come to: they are numbered without a gap, and a convolution without a bias begins a level.
 *
 * @param encoder residual blocks of each level, from the picture to the latents
 * @param decoder the same from the latents to the picture
 * @param channels of every level
 */
record TinyLayers(List<Integer> encoder, List<Integer> decoder, long channels) {
    private static final int MOST = 128;

    static TinyLayers of(Checkpoint model) {
        long channels = model.get(Parts.TINY_ENCODER + "0.weight").shape().getFirst();
        return new TinyLayers(levels(model, Parts.TINY_ENCODER), levels(model, Parts.TINY_DECODER), channels);
    }

    private static List<Integer> levels(Checkpoint model, String prefix) {
        List<Integer> levels = new ArrayList<>(List.of(0));
        for (int layer = 0; layer < MOST; layer++) {
            if (model.has(prefix + layer + ".conv.0.weight")) {
                levels.set(levels.size() - 1, levels.getLast() + 1);
            } else if (model.has(prefix + layer + ".weight") && !model.has(prefix + layer + ".bias")) {
                levels.add(0);
            }
        }
        return levels;
    }

    Map<String, Object> config() {
        Map<String, Object> config = FolderConfigs.of("AutoencoderTiny");
        List<Long> widths = Collections.nCopies(encoder.size(), channels);
        config.put("encoder_block_out_channels", widths);
        config.put("decoder_block_out_channels", widths);
        config.put("block_out_channels", widths);
        config.put("num_encoder_blocks", encoder);
        config.put("num_decoder_blocks", decoder);
        config.put("act_fn", "relu");
        config.put("upsample_fn", "nearest");
        config.put("upsampling_scaling_factor", 2);
        config.put("latent_magnitude", 3);
        config.put("latent_shift", 0.5);
        config.put("shift_factor", 0.0);
        config.put("force_upcast", false);
        return config;
    }
}
