package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Heads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The config.json of a UNet in a diffusers folder, from its tensors. */
final class UNetConfig {
    private static final int TIME_EMBEDDING = 256;

    private final Checkpoint model;
    private final Architecture architecture;
    private final int layers;
    private final List<Long> channels = new ArrayList<>();
    /** Transformer blocks of each level; 0 where it has no attention. */
    private final List<Integer> depths = new ArrayList<>();

    private UNetConfig(Checkpoint model, int layers) {
        this.model = model;
        this.architecture = model.architecture();
        this.layers = layers;
        for (int block = 1; has("input_blocks." + block + ".0.in_layers.2.weight"); block += layers + 1) {
            channels.add(side("input_blocks." + block + ".0.in_layers.2.weight", 0));
            depths.add(depth("input_blocks." + block + ".1."));
        }
    }

    /**
     * @param layers residual blocks of each level on the way down
     * @throws ModelException where diffusers' configuration cannot tell what the UNet is
     */
    static Map<String, Object> of(Checkpoint model, int layers) {
        return new UNetConfig(model, layers).config();
    }

    private Map<String, Object> config() {
        requireEven();
        Map<String, Object> config = FolderConfigs.of("UNet2DConditionModel");
        config.put("sample_size", 64);
        config.put("in_channels", architecture.latentChannels());
        config.put("out_channels", architecture.latentChannels());
        config.put("block_out_channels", channels);
        config.put("layers_per_block", layers);
        config.put("down_block_types", types("DownBlock2D"));
        config.put("mid_block_type", "UNetMidBlock2DCrossAttn");
        config.put("up_block_types", types("UpBlock2D").reversed());
        config.put("transformer_layers_per_block", depthsForAll());
        config.put("attention_head_dim", heads());
        config.put("cross_attention_dim", side(firstTransformer() + "attn2.to_k.weight", 1));
        config.put("use_linear_projection", shape(linearProjection()).size() == 2);
        config.put("norm_num_groups", 32);
        config.put("norm_eps", 1e-5);
        config.put("act_fn", "silu");
        config.put("flip_sin_to_cos", true);
        config.put("freq_shift", 0);
        config.put("downsample_padding", 1);
        config.put("mid_block_scale_factor", 1);
        if (has("label_emb.0.0.weight")) {
            config.put("addition_embed_type", "text_time");
            config.put("addition_time_embed_dim", TIME_EMBEDDING);
            config.put("projection_class_embeddings_input_dim", side("label_emb.0.0.weight", 1));
        }
        return config;
    }

    /** diffusers has one depth for each level on both ways, and the last one's in the middle. */
    private void requireEven() {
        boolean even = true;
        int levels = channels.size();
        for (int level = 0; level < levels; level++) {
            for (int block = 0; block <= layers; block++) {
                int down = level * (layers + 1) + block + 1;
                int up = (levels - 1 - level) * (layers + 1) + block;
                even &= block == layers || depth("input_blocks." + down + ".1.") == depths.get(level);
                even &= depth("output_blocks." + up + ".1.") == depths.get(level);
            }
        }
        int middle = depth("middle_block.1.");
        even &= middle > 0 && (depths.getLast() == 0 || depths.getLast() == middle);
        if (!even) {
            throw new ModelException(
                    "%s: its UNet's blocks are of uneven depth, which a folder cannot tell; convert it to a .safetensors file."
                            .formatted(model.path()));
        }
    }

    private List<Integer> depthsForAll() {
        List<Integer> all = new ArrayList<>();
        for (int depth : depths) {
            all.add(Math.max(1, depth));
        }
        all.set(all.size() - 1, depth("middle_block.1."));
        return all;
    }

    private List<String> types(String plain) {
        return depths.stream()
                .map(depth -> depth == 0 ? plain : "CrossAttn" + plain)
                .toList();
    }

    /** Under diffusers' name for it, which says another thing than it means. */
    private Object heads() {
        return switch (architecture.heads()) {
            case Heads.Count(int heads) -> heads;
            case Heads.Width(int width) ->
                channels.stream().map(side -> Math.max(1, side / width)).toList();
        };
    }

    private int depth(String attention) {
        int depth = 0;
        while (has(attention + "transformer_blocks." + depth + ".norm1.weight")) {
            depth++;
        }
        return depth;
    }

    private String firstTransformer() {
        return "middle_block.1.transformer_blocks.0.";
    }

    private String linearProjection() {
        return "middle_block.1.proj_in.weight";
    }

    private boolean has(String name) {
        return model.has(Parts.UNET + name);
    }

    private long side(String name, int axis) {
        return shape(name).get(axis);
    }

    private List<Long> shape(String name) {
        return model.get(Parts.UNET + name).shape();
    }
}
