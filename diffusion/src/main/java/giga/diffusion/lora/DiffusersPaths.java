package giga.diffusion.lora;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Diffusers' paths of a UNet's modules, from the paths of the single-file layout. The levels are counted from the paths
 * themselves, so that any size of the topology maps.
 */
final class DiffusersPaths {
    private static final Map<String, String> IN_RESNET = Map.of(
            "in_layers.0", "norm1",
            "in_layers.2", "conv1",
            "emb_layers.1", "time_emb_proj",
            "out_layers.0", "norm2",
            "out_layers.3", "conv2",
            "skip_connection", "conv_shortcut");
    private static final Map<String, String> ENDS = Map.of(
            "input_blocks.0.0", "conv_in",
            "time_embed.0", "time_embedding.linear_1",
            "time_embed.2", "time_embedding.linear_2",
            "label_emb.0.0", "add_embedding.linear_1",
            "label_emb.0.2", "add_embedding.linear_2",
            "out.0", "conv_norm_out",
            "out.2", "conv_out");

    /** Of each layer of a block, {@code input_blocks.4.1}, the path in diffusers. */
    private final Map<String, String> layers = new HashMap<>();

    /** @param modules below {@code model.diffusion_model.}, {@code input_blocks.0.0}, … */
    DiffusersPaths(Set<String> modules) {
        Set<String> blocks = modules.stream().map(DiffusersPaths::block).collect(Collectors.toSet());
        int level = 0;
        int number = 0;
        for (int block = 1; blocks.contains("input_blocks." + block); block++) {
            String path = "input_blocks." + block;
            if (modules.contains(path + ".0.op")) {
                layers.put(path + ".0", "down_blocks." + level++ + ".downsamplers.0");
                number = 0;
            } else {
                layers.put(path + ".0", "down_blocks." + level + ".resnets." + number);
                layers.put(path + ".1", "down_blocks." + level + ".attentions." + number++);
            }
        }
        for (int layer = 0; blocks.contains("middle_block." + layer); layer++)
            layers.put(
                    "middle_block." + layer, "mid_block." + (layer % 2 == 0 ? "resnets." : "attentions.") + layer / 2);
        level = 0;
        number = 0;
        for (int block = 0; blocks.contains("output_blocks." + block); block++) {
            String path = "output_blocks." + block;
            layers.put(path + ".0", "up_blocks." + level + ".resnets." + number);
            layers.put(path + ".1", "up_blocks." + level + ".attentions." + number++);
            for (int layer = 1; layer <= 2; layer++) {
                if (!modules.contains(path + "." + layer + ".conv")) continue;
                layers.put(path + "." + layer, "up_blocks." + level++ + ".upsamplers.0");
                number = 0;
            }
        }
    }

    /** The first two steps of a path. */
    private static String block(String module) {
        int end = module.indexOf('.', module.indexOf('.') + 1);
        return end < 0 ? module : module.substring(0, end);
    }

    /** Empty where diffusers has no such module. */
    Optional<String> of(String module) {
        if (ENDS.containsKey(module)) return Optional.of(ENDS.get(module));
        int end = module.indexOf('.', module.indexOf('.') + 1);
        // The middle's layers stand at the second step of the path, all others' at the third.
        if (!module.startsWith("middle_block.")) end = module.indexOf('.', end + 1);
        if (end < 0 || !layers.containsKey(module.substring(0, end))) return Optional.empty();
        String layer = layers.get(module.substring(0, end));
        String inside = module.substring(end + 1);
        if (layer.contains(".resnets.")) {
            return Optional.ofNullable(IN_RESNET.get(inside)).map(name -> layer + "." + name);
        }
        return Optional.of(layer + "." + (inside.equals("op") ? "conv" : inside));
    }
}
