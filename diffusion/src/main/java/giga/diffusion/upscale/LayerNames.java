package giga.diffusion.upscale;

import giga.diffusion.weights.TensorEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Upscalers' tensors by the names of BasicSR, whatever layout their file has: those names, in a wrapper or not; ESRGAN's
 * first, where layers have numbers ({@code model.1.sub.0.RDB1.conv1.0}); or ESRGAN's second ({@code RRDB_trunk.0.RDB1.conv1}).
 */
final class LayerNames {
    /** The average of the training's last weights goes before the last weights. */
    private static final List<String> WRAPPERS =
            List.of("params_ema.", "params.", "state_dict.", "model_state_dict.", "module.", "generator.");

    private static final Pattern NUMBERED = Pattern.compile("model\\.(\\d{1,3})\\.(weight|bias)");
    private static final Pattern NUMBERED_BLOCK =
            Pattern.compile("model\\.1\\.sub\\.(\\d{1,3})\\.RDB([123])\\.(conv[1-5]|conv1x1)(?:\\.0)?\\.(weight|bias)");
    private static final Pattern NUMBERED_TRUNK = Pattern.compile("model\\.1\\.sub\\.\\d{1,3}\\.(weight|bias)");
    private static final Pattern TRUNK_BLOCK =
            Pattern.compile("RRDB_trunk\\.(\\d{1,3})\\.RDB([123])\\.(conv[1-5]|conv1x1)\\.(weight|bias)");

    private LayerNames() {}

    static Map<String, TensorEntry> basic(Map<String, TensorEntry> tensors) {
        Map<String, TensorEntry> bare = unwrapped(tensors);
        List<Integer> numbers = numbered(bare);
        Map<String, TensorEntry> basic = new LinkedHashMap<>();
        bare.forEach((name, entry) -> basic.put(basic(name, numbers), entry));
        return basic;
    }

    private static Map<String, TensorEntry> unwrapped(Map<String, TensorEntry> tensors) {
        Map<String, TensorEntry> bare = tensors;
        for (String wrapper : WRAPPERS) {
            Map<String, TensorEntry> inside = new LinkedHashMap<>();
            bare.forEach((name, entry) -> {
                if (name.startsWith(wrapper)) inside.put(name.substring(wrapper.length()), entry);
            });
            if (!inside.isEmpty()) bare = inside;
        }
        return bare;
    }

    /** Numbers of the layers behind the trunk and before it, in order. */
    private static List<Integer> numbered(Map<String, TensorEntry> tensors) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String name : tensors.keySet()) {
            Matcher layer = NUMBERED.matcher(name);
            if (layer.matches()) numbers.add(Integer.parseInt(layer.group(1)));
        }
        return new ArrayList<>(numbers);
    }

    private static String basic(String name, List<Integer> numbers) {
        Matcher layer = NUMBERED.matcher(name);
        if (layer.matches())
            return layer(numbers.indexOf(Integer.parseInt(layer.group(1))), numbers.size()) + "." + layer.group(2);
        for (Pattern blocks : List.of(NUMBERED_BLOCK, TRUNK_BLOCK)) {
            Matcher block = blocks.matcher(name);
            if (block.matches())
                return "body.%s.rdb%s.%s.%s".formatted(block.group(1), block.group(2), block.group(3), block.group(4));
        }
        Matcher trunk = NUMBERED_TRUNK.matcher(name);
        if (trunk.matches()) return "conv_body." + trunk.group(1);
        return name.replaceFirst("^trunk_conv\\.", "conv_body.")
                .replaceFirst("^upconv(\\d)\\.", "conv_up$1.")
                .replaceFirst("^HRconv\\.", "conv_hr.");
    }

    /** What the layer at this place of all numbered ones is. */
    private static String layer(int place, int layers) {
        if (place == 0) return "conv_first";
        if (place == layers - 1) return "conv_last";
        return place == layers - 2 ? "conv_hr" : "conv_up" + place;
    }
}
