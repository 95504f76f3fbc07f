package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The networks a prompt asks for, {@code <type:argument:argument…>}, and the prompt without them.
 *
 * @param tags in the order in which they stand
 */
record PromptNetworks(String text, List<Tag> tags) {
    private static final Pattern TAG = Pattern.compile("<([\\p{L}\\p{N}_]++):([^>]++)>");

    PromptNetworks {
        tags = List.copyOf(tags);
    }

    /**
     * The LoRAs among the tags; "lyco" is an older name for some kinds of them.
     *
     * @throws ModelException when a tag of a LoRA is malformed, or one asks for a hypernetwork
     */
    List<LoraTag> loras() {
        for (Tag tag : tags)
            if (tag.type().equals("hypernet"))
                throw new ModelException("The prompt's %.60s asks for a hypernetwork, which is not supported; remove it"
                        .formatted(tag.source()));
        return tags.stream()
                .filter(tag -> tag.type().equals("lora") || tag.type().equals("lyco"))
                .map(LoraTag::of)
                .toList();
    }

    /**
     * @param type such as lora or hypernet
     * @param arguments what stands between the colons
     * @param source as it stands in the prompt
     */
    record Tag(String type, List<String> arguments, String source) {}

    static PromptNetworks parse(String prompt) {
        List<Tag> tags = new ArrayList<>();
        // Behind the last ">" no tag can end, and looking for one there from every "<" would take long.
        int end = prompt.lastIndexOf('>') + 1;
        Matcher matcher = TAG.matcher(prompt).region(0, end);
        StringBuilder text = new StringBuilder();
        int position = 0;
        while (matcher.find()) {
            tags.add(new Tag(matcher.group(1), List.of(matcher.group(2).split(":", -1)), matcher.group()));
            text.append(prompt, position, matcher.start());
            position = matcher.end();
        }
        return new PromptNetworks(text.append(prompt, position, prompt.length()).toString(), tags);
    }
}
