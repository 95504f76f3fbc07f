package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * {@code <lora:name:te:unet:dyn>}: a LoRA and how strongly it acts; also by name, {@code te=}, {@code unet=}, {@code dyn=}.
 *
 * @param te strength in the text encoder, 1 if not given
 * @param unet strength in the UNet, that of the text encoder if not given
 * @param rank of the LoRA that is used, all of it if not given
 */
public record LoraTag(String name, double te, double unet, OptionalInt rank) {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?([0-9]++(\\.[0-9]*+)?|\\.[0-9]++)([eE][-+]?[0-9]{1,3})?");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,6}");

    /** @throws ModelException when a strength is no number */
    static LoraTag of(PromptNetworks.Tag tag) {
        List<String> positional = new ArrayList<>();
        Map<String, String> named = new HashMap<>();
        for (String argument : tag.arguments()) {
            int equals = argument.indexOf('=');
            if (equals < 0) positional.add(argument);
            else named.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        if (positional.isEmpty()) throw malformed(tag);
        double te = named.containsKey("te") || positional.size() > 1
                ? number(argument(named, "te", positional, 1), tag)
                : 1;
        double unet = named.containsKey("unet") || positional.size() > 2
                ? number(argument(named, "unet", positional, 2), tag)
                : te;
        String rank = argument(named, "dyn", positional, 3);
        if (!rank.isEmpty() && !WHOLE.matcher(rank).matches()) throw malformed(tag);
        return new LoraTag(
                positional.getFirst(),
                te,
                unet,
                rank.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(rank)));
    }

    private static String argument(Map<String, String> named, String name, List<String> positional, int index) {
        String value = named.get(name);
        if (value != null) return value;
        return index < positional.size() ? positional.get(index) : "";
    }

    private static double number(String text, PromptNetworks.Tag tag) {
        if (!NUMBER.matcher(text.strip()).matches()) throw malformed(tag);
        double number = Double.parseDouble(text.strip());
        if (!Double.isFinite(number)) throw malformed(tag);
        return number;
    }

    private static ModelException malformed(PromptNetworks.Tag tag) {
        return new ModelException(
                "The prompt's %.60s is not understood; write it like <lora:name:0.35>".formatted(tag.source()));
    }
}
