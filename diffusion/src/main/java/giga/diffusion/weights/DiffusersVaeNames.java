package giga.diffusion.weights;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of diffusers' AutoencoderKL and AutoencoderTiny in the layouts of latent-diffusion and TAESD. */
final class DiffusersVaeNames {
    private static final Pattern HALF = Pattern.compile("(encoder|decoder)\\.(.+)");
    private static final Pattern DOWN = Pattern.compile("down_blocks\\.(\\d{1,3})\\.resnets\\.(\\d{1,3}\\..+)");
    private static final Pattern UP = Pattern.compile("up_blocks\\.(\\d{1,3})\\.resnets\\.(\\d{1,3}\\..+)");
    private static final Pattern DOWNSAMPLER =
            Pattern.compile("down_blocks\\.(\\d{1,3})\\.downsamplers\\.0\\.(conv\\..+)");
    private static final Pattern UPSAMPLER = Pattern.compile("up_blocks\\.(\\d{1,3})\\.upsamplers\\.0\\.(conv\\..+)");
    private static final Pattern MIDDLE = Pattern.compile("mid_block\\.resnets\\.(\\d{1,3})\\.(.+)");
    private static final Pattern LAYER = Pattern.compile("(encoder|decoder)\\.layers\\.(\\d{1,4})\\.(.+)");
    private static final String MIDDLE_ATTENTION = "mid_block.attentions.0.";

    private static final Map<String, String> IN_ATTENTION = Map.of(
            "group_norm", "norm",
            "to_q", "q",
            "to_k", "k",
            "to_v", "v",
            "to_out.0", "proj_out",
            "query", "q",
            "key", "k",
            "value", "v",
            "proj_attn", "proj_out");

    private final int lastUp;

    /** @param all every name of the file, from which the levels of the decoder are counted: the layouts count opposite ways */
    DiffusersVaeNames(Set<String> all) {
        lastUp = all.stream()
                .filter(name -> name.startsWith("decoder."))
                .map(name -> UP.matcher(name.substring("decoder.".length())))
                .filter(Matcher::matches)
                .mapToInt(up -> number(up, 1))
                .max()
                .orElse(0);
    }

    /** The name below {@code first_stage_model.} of a tensor of AutoencoderKL; empty for any other tensor. */
    Optional<String> kl(String name) {
        Matcher half = HALF.matcher(name);
        if (half.matches()) {
            return inHalf(half.group(2)).map(inside -> half.group(1) + "." + inside);
        }
        return Optional.of(name).filter(n -> n.startsWith("quant_conv.") || n.startsWith("post_quant_conv."));
    }

    private Optional<String> inHalf(String name) {
        Matcher down = DOWN.matcher(name);
        if (down.matches()) {
            return Optional.of("down.%s.block.%s".formatted(down.group(1), inBlock(down.group(2))));
        }
        Matcher downsampler = DOWNSAMPLER.matcher(name);
        if (downsampler.matches()) {
            return Optional.of("down.%s.downsample.%s".formatted(downsampler.group(1), downsampler.group(2)));
        }
        Matcher up = UP.matcher(name);
        if (up.matches()) {
            return level(up).map(level -> "up.%d.block.%s".formatted(level, inBlock(up.group(2))));
        }
        Matcher upsampler = UPSAMPLER.matcher(name);
        if (upsampler.matches()) {
            return level(upsampler).map(level -> "up.%d.upsample.%s".formatted(level, upsampler.group(2)));
        }
        Matcher middle = MIDDLE.matcher(name);
        if (middle.matches()) {
            return Optional.of("mid.block_%d.%s".formatted(number(middle, 1) + 1, inBlock(middle.group(2))));
        }
        if (name.startsWith(MIDDLE_ATTENTION)) {
            return DiffusersUNetNames.renamed(IN_ATTENTION, name.substring(MIDDLE_ATTENTION.length()))
                    .map("mid.attn_1."::concat);
        }
        return Optional.of(name.replace("conv_norm_out.", "norm_out."));
    }

    private Optional<Integer> level(Matcher up) {
        return Optional.of(lastUp - number(up, 1)).filter(level -> level >= 0);
    }

    private static String inBlock(String name) {
        return name.replace("conv_shortcut.", "nin_shortcut.");
    }

    /** The full internal name of a tensor of AutoencoderTiny; TAESD's own decoder counts its clamp as layer 0. */
    static Optional<String> tiny(String name) {
        Matcher layer = LAYER.matcher(name);
        if (!layer.matches()) {
            return Optional.empty();
        }
        int behindClamp = layer.group(1).equals("decoder") ? 1 : 0;
        return Optional.of("taesd_%s.%d.%s".formatted(layer.group(1), number(layer, 2) + behindClamp, layer.group(3)));
    }

    private static int number(Matcher name, int group) {
        return Integer.parseInt(name.group(group));
    }
}
