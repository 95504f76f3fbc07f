package giga.diffusion.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The running average of a UNet's weights that latent-diffusion's training keeps under names without dots:
 * {@code model_ema.diffusion_modelinput_blocks00weight} is that of {@code model.diffusion_model.input_blocks.0.0.weight}.
 */
final class Averages {
    static final String PREFIX = "model_ema.diffusion_model";

    private static final Pattern STEP = Pattern.compile("input_blocks\\d{2,4}|output_blocks\\d{2,4}|middle_block\\d"
            + "|time_embed\\d|label_emb\\d{2}|in_layers\\d|emb_layers\\d|out_layers\\d|skip_connection"
            + "|transformer_blocks\\d{1,3}|attn[12]|to_[qkv]|to_out\\d|ff|net\\d|norm[123]|norm|proj_in|proj_out|proj"
            + "|op|conv|out\\d|weight|bias");
    private static final Pattern NUMBER = Pattern.compile("(\\w*?[a-z])(\\d+)");

    private Averages() {}

    /**
     * The tensors, and under its own name any of the UNet of which there is only the average.
     *
     * @param preferred whether averages take the place of what they are the average of
     */
    static Map<String, TensorEntry> used(Map<String, TensorEntry> tensors, boolean preferred) {
        Map<String, TensorEntry> used = new LinkedHashMap<>(tensors);
        tensors.forEach((name, entry) -> name(name).ifPresent(to -> {
            if (preferred || !used.containsKey(to)) {
                used.put(to, Parts.rename(entry, to));
            }
        }));
        return used;
    }

    /** Of what this is the average; empty where it is none of a UNet. */
    static Optional<String> name(String average) {
        if (!average.startsWith(PREFIX)) {
            return Optional.empty();
        }
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(average.substring(PREFIX.length()));
        int end = 0;
        while (end < step.regionEnd() && step.find(end) && step.start() == end) {
            steps.add(dotted(step.group()));
            end = step.end();
        }
        return end == step.regionEnd() && !steps.isEmpty()
                ? Optional.of(Parts.UNET + String.join(".", steps))
                : Optional.empty();
    }

    /** The last digit behind a block's name is a layer's; blocks are counted in one or more digits. */
    private static String dotted(String step) {
        Matcher number = NUMBER.matcher(step);
        if (!number.matches() || step.startsWith("attn") || step.startsWith("norm")) {
            return step;
        }
        String name = number.group(1);
        String digits = number.group(2);
        boolean two = name.equals("input_blocks") || name.equals("output_blocks") || name.equals("label_emb");
        int last = digits.length() - 1;
        return two ? name + "." + digits.substring(0, last) + "." + digits.substring(last) : name + "." + digits;
    }
}
