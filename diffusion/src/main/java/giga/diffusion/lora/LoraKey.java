package giga.diffusion.lora;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The name of a tensor of a LoRA file, taken apart.
 *
 * @param path of the module as the file writes it
 * @param role what the tensor is to the module, in kohya's and LyCORIS's words
 */
record LoraKey(String path, String role) {
    private static final Map<String, String> ROLES = roles();
    private static final Map<String, String> PREFIXES = prefixes();

    /** Empty where no format of LoRA has such a name. */
    static Optional<LoraKey> of(String tensor) {
        for (Entry<String, String> suffix : ROLES.entrySet()) {
            if (tensor.length() > suffix.getKey().length() && tensor.endsWith(suffix.getKey())) {
                String path =
                        tensor.substring(0, tensor.length() - suffix.getKey().length());
                return Optional.of(new LoraKey(path, suffix.getValue()));
            }
        }
        return Optional.empty();
    }

    String module() {
        return module(path);
    }

    /**
     * A module's path in kohya's spelling ({@code lora_unet_down_blocks_0_…}, {@code lora_te_text_model_…}): the dots of
     * a path cannot be won back from it, but those of any other spelling can be given up.
     */
    static String module(String path) {
        String plain = path.replace(".processor.", ".");
        if (plain.startsWith("base_model.model.")) plain = plain.substring("base_model.model.".length());
        for (Entry<String, String> prefix : PREFIXES.entrySet()) {
            if (plain.startsWith(prefix.getKey())) {
                plain = prefix.getValue() + plain.substring(prefix.getKey().length());
                break;
            }
        }
        // Attention processors of early diffusers have no dropout beside the projection, which is out.0 elsewhere.
        if (plain.endsWith(".to_out")) plain += ".0";
        return plain.replace('.', '_');
    }

    private static Map<String, String> roles() {
        Map<String, String> roles = new LinkedHashMap<>();
        for (String matrix : new String[] {"down", "up", "mid"}) roles.put(".lora_" + matrix + ".weight", matrix);
        for (String adapter : new String[] {"", ".default"}) {
            roles.put(".lora_A" + adapter + ".weight", "down");
            roles.put(".lora_B" + adapter + ".weight", "up");
            roles.put(".lora_magnitude_vector" + adapter, "dora_scale");
            roles.put(".lora_magnitude_vector" + adapter + ".weight", "dora_scale");
        }
        for (String layer : new String[] {".lora_linear_layer", ".lora", "_lora"}) {
            roles.put(layer + ".down.weight", "down");
            roles.put(layer + ".up.weight", "up");
            roles.put(layer + ".alpha", "alpha");
        }
        Stream.of("alpha", "scale", "dora_scale", "diff", "diff_b", "w_norm", "b_norm", "weight", "on_input")
                .forEach(role -> roles.put("." + role, role));
        Stream.of("w1_a", "w1_b", "w2_a", "w2_b", "t1", "t2")
                .map(factor -> "hada_" + factor)
                .forEach(role -> roles.put("." + role, role));
        Stream.of("w1", "w1_a", "w1_b", "w2", "w2_a", "w2_b", "t2")
                .map(factor -> "lokr_" + factor)
                .forEach(role -> roles.put("." + role, role));
        return roles;
    }

    private static Map<String, String> prefixes() {
        Map<String, String> prefixes = new LinkedHashMap<>();
        prefixes.put("unet.", "lora_unet.");
        prefixes.put("text_encoder.", "lora_te.");
        prefixes.put("text_encoder_2.", "lora_te2.");
        prefixes.put("model.diffusion_model.", "lora_unet.");
        prefixes.put("diffusion_model.", "lora_unet.");
        prefixes.put("lycoris_", "lora_unet_");
        // Early files of diffusers hold the UNet alone and do not say so.
        for (String block : new String[] {"down_blocks.", "mid_block.", "up_blocks."})
            prefixes.put(block, "lora_unet." + block);
        return prefixes;
    }
}
