package giga.diffusion.weights;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of diffusers' UNet2DConditionModel in the layout of single-file checkpoints (CompVis latent-diffusion). Counts
 * of levels and blocks come from the names themselves, so that any size of the topology maps.
 */
final class DiffusersUNetNames {
    private static final Pattern DOWN =
            Pattern.compile("down_blocks\\.(\\d{1,3})\\.(resnets|attentions)\\.(\\d{1,3})\\.(.+)");
    private static final Pattern UP =
            Pattern.compile("up_blocks\\.(\\d{1,3})\\.(resnets|attentions)\\.(\\d{1,3})\\.(.+)");
    private static final Pattern DOWNSAMPLER =
            Pattern.compile("down_blocks\\.(\\d{1,3})\\.downsamplers\\.0\\.conv\\.(.+)");
    private static final Pattern UPSAMPLER = Pattern.compile("up_blocks\\.(\\d{1,3})\\.upsamplers\\.0\\.conv\\.(.+)");
    private static final Pattern MIDDLE = Pattern.compile("mid_block\\.(resnets|attentions)\\.(\\d{1,3})\\.(.+)");

    static final Map<String, String> IN_RESNET = Map.of(
            "norm1", "in_layers.0",
            "conv1", "in_layers.2",
            "time_emb_proj", "emb_layers.1",
            "norm2", "out_layers.0",
            "conv2", "out_layers.3",
            "conv_shortcut", "skip_connection");
    static final Map<String, String> ENDS = Map.of(
            "conv_in", "input_blocks.0.0",
            "time_embedding.linear_1", "time_embed.0",
            "time_embedding.linear_2", "time_embed.2",
            "add_embedding.linear_1", "label_emb.0.0",
            "add_embedding.linear_2", "label_emb.0.2",
            "conv_norm_out", "out.0",
            "conv_out", "out.2");

    private final int layers;
    private final Set<Integer> upLevelsWithAttention = new HashSet<>();

    /** @param all every name of the file, from which the blocks of a level are counted */
    DiffusersUNetNames(Set<String> all) {
        int most = 0;
        for (String name : all) {
            Matcher down = DOWN.matcher(name);
            if (down.matches() && down.group(2).equals("resnets")) {
                most = Math.max(most, number(down, 3) + 1);
            }
            Matcher up = UP.matcher(name);
            if (up.matches() && up.group(2).equals("attentions")) {
                upLevelsWithAttention.add(number(up, 1));
            }
        }
        layers = most;
    }

    /** The name below {@code model.diffusion_model.}; empty where the UNet has no such tensor. */
    Optional<String> map(String name) {
        Matcher down = DOWN.matcher(name);
        if (down.matches()) {
            return inBlock("input_blocks." + ((layers + 1) * number(down, 1) + number(down, 3) + 1), down);
        }
        Matcher downsampler = DOWNSAMPLER.matcher(name);
        if (downsampler.matches()) {
            int block = (layers + 1) * (number(downsampler, 1) + 1);
            return Optional.of("input_blocks.%d.0.op.%s".formatted(block, downsampler.group(2)));
        }
        Matcher up = UP.matcher(name);
        if (up.matches()) {
            return inBlock("output_blocks." + ((layers + 1) * number(up, 1) + number(up, 3)), up);
        }
        Matcher upsampler = UPSAMPLER.matcher(name);
        if (upsampler.matches()) {
            int level = number(upsampler, 1);
            int block = (layers + 1) * level + layers;
            int place = upLevelsWithAttention.contains(level) ? 2 : 1;
            return Optional.of("output_blocks.%d.%d.conv.%s".formatted(block, place, upsampler.group(2)));
        }
        Matcher middle = MIDDLE.matcher(name);
        if (middle.matches()) {
            return middle.group(1).equals("resnets")
                    ? renamed(IN_RESNET, middle.group(3))
                            .map(inside -> "middle_block.%d.%s".formatted(2 * number(middle, 2), inside))
                    : Optional.of("middle_block.%d.%s".formatted(2 * number(middle, 2) + 1, middle.group(3)));
        }
        return renamed(ENDS, name);
    }

    private static Optional<String> inBlock(String block, Matcher name) {
        return name.group(2).equals("resnets")
                ? renamed(IN_RESNET, name.group(4)).map(inside -> block + ".0." + inside)
                : Optional.of(block + ".1." + name.group(4));
    }

    static Optional<String> renamed(Map<String, String> names, String name) {
        return names.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey() + "."))
                .map(entry -> entry.getValue() + name.substring(entry.getKey().length()))
                .findFirst();
    }

    private static int number(Matcher name, int group) {
        return Integer.parseInt(name.group(group));
    }
}
