package giga.diffusion.weights;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of UNets and autoencoders in diffusers' layout, from internal ones: the way back of {@link DiffusersUNetNames}. */
final class FolderNames {
    private static final Pattern DOWN = Pattern.compile("input_blocks\\.(\\d{1,3})\\.([01])\\.(.+)");
    private static final Pattern UP = Pattern.compile("output_blocks\\.(\\d{1,3})\\.([012])\\.(.+)");
    private static final Pattern MIDDLE = Pattern.compile("middle_block\\.([012])\\.(.+)");
    private static final Pattern LEVEL =
            Pattern.compile("(\\w+)\\.(down|up)\\.(\\d{1,3})\\.(block|downsample|upsample)\\.(.+)");
    private static final Pattern TINY = Pattern.compile("taesd_(encoder|decoder)\\.(\\d{1,3})\\.(.+)");

    private FolderNames() {}

    /**
     * @param below names of a UNet's tensors below {@link Parts#UNET}
     * @return the number of residual blocks of each level on the way down
     */
    static int layers(Set<String> below) {
        int block = 1;
        while (below.contains("input_blocks." + block + ".0.in_layers.0.weight")) {
            block++;
        }
        return block - 1;
    }

    /** @param layers as {@link #layers} gives it */
    static Function<String, String> unet(int layers) {
        return name -> unet(name, layers);
    }

    private static String unet(String name, int layers) {
        Matcher down = DOWN.matcher(name);
        if (down.matches()) {
            int block = Integer.parseInt(down.group(1));
            if (block == 0) {
                return "conv_in." + down.group(3);
            }
            String level = "down_blocks." + (block - 1) / (layers + 1) + ".";
            if (down.group(3).startsWith("op.")) {
                return level + "downsamplers.0.conv." + down.group(3).substring("op.".length());
            }
            return level + inside(down.group(2).equals("0"), (block - 1) % (layers + 1), down.group(3));
        }
        Matcher up = UP.matcher(name);
        if (up.matches()) {
            int block = Integer.parseInt(up.group(1));
            String level = "up_blocks." + block / (layers + 1) + ".";
            return up.group(3).startsWith("conv.")
                    ? level + "upsamplers.0." + up.group(3)
                    : level + inside(up.group(2).equals("0"), block % (layers + 1), up.group(3));
        }
        Matcher middle = MIDDLE.matcher(name);
        if (middle.matches()) {
            int place = Integer.parseInt(middle.group(1));
            return "mid_block." + inside(place != 1, place / 2, middle.group(2));
        }
        return renamed(name, DiffusersUNetNames.ENDS);
    }

    private static String inside(boolean resnet, int number, String name) {
        return resnet
                ? "resnets." + number + "." + renamed(name, DiffusersUNetNames.IN_RESNET)
                : "attentions." + number + "." + name;
    }

    /**
     * @param levels of the decoder
     * @return a function of names below {@link Parts#KL}
     */
    static Function<String, String> kl(int levels) {
        return name -> LEVEL.matcher(name)
                .replaceFirst(level -> level(level, levels))
                .replace("mid.block_1.", "mid_block.resnets.0.")
                .replace("mid.block_2.", "mid_block.resnets.1.")
                .replace("mid.attn_1.norm.", "mid_block.attentions.0.group_norm.")
                .replace("mid.attn_1.proj_out.", "mid_block.attentions.0.to_out.0.")
                .replaceFirst("mid\\.attn_1\\.([qkv])\\.", "mid_block.attentions.0.to_$1.")
                .replace("nin_shortcut.", "conv_shortcut.")
                .replace("coder.norm_out.", "coder.conv_norm_out.");
    }

    private static String level(MatchResult name, int levels) {
        boolean up = name.group(2).equals("up");
        int level = Integer.parseInt(name.group(3));
        String kind = name.group(4).equals("block") ? "resnets" : name.group(4) + "rs.0";
        return Matcher.quoteReplacement("%s.%s_blocks.%d.%s.%s"
                .formatted(name.group(1), name.group(2), up ? levels - 1 - level : level, kind, name.group(5)));
    }

    /** From a full internal name. */
    static String tiny(String name) {
        Matcher layer = TINY.matcher(name);
        if (!layer.matches()) {
            return name;
        }
        int behindClamp = layer.group(1).equals("decoder") ? 1 : 0;
        int number = Integer.parseInt(layer.group(2)) - behindClamp;
        return "%s.layers.%d.%s".formatted(layer.group(1), number, layer.group(3));
    }

    private static String renamed(String name, Map<String, String> diffusersToInternal) {
        return diffusersToInternal.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getValue() + "."))
                .map(entry -> entry.getKey() + name.substring(entry.getValue().length()))
                .findFirst()
                .orElse(name);
    }
}
