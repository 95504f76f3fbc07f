package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.List;

/**
 * A prompt in A1111's grammar, read: comments are gone, networks taken out, the parts that AND joins apart. What changes
 * during sampling is resolved by {@link PromptEditing#schedule}, emphasis by {@link Emphasis#pieces}.
 *
 * @param parts in order, at least one
 * @param loras that the prompt asks for, in order; whoever runs the prompt finds their files
 * @param negative whether it says what the picture should not show
 */
public record Prompt(List<Part> parts, List<LoraTag> loras, boolean negative) {
    public Prompt {
        parts = List.copyOf(parts);
        loras = List.copyOf(loras);
        if (parts.isEmpty()) throw new IllegalArgumentException("a prompt has at least one part");
    }

    /**
     * @param text as it stands in the prompt; parts of the same text look the same to the model
     * @param weight of its share of the guidance
     */
    public record Part(String text, double weight, PromptEditing editing) {
        static Part of(WeightedText part) {
            return new Part(part.text(), part.weight(), PromptEditing.parse(part.text()));
        }
    }

    /**
     * A prompt. Tags of networks that A1111 does not know are taken out and ignored, as there.
     *
     * @throws ModelException when it is too long, nested too deep, asks for a hypernetwork, or has a weight or a
     *     LoRA's strength that is no number
     */
    public static Prompt parse(String text) {
        Tokenizer.requireLength(text);
        PromptNetworks networks = PromptNetworks.parse(PromptComments.strip(text));
        return new Prompt(
                PromptComposition.parse(networks.text()).stream().map(Part::of).toList(), networks.loras(), false);
    }

    /**
     * A negative prompt: AND and {@code <lora:…>} are plain text in it, as in A1111.
     *
     * @throws ModelException as {@link #parse}
     */
    public static Prompt parseNegative(String text) {
        Tokenizer.requireLength(text);
        Part whole = Part.of(new WeightedText(PromptComments.strip(text), 1));
        return new Prompt(List.of(whole), List.of(), true);
    }
}
