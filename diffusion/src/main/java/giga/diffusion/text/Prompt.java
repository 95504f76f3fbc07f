package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.List;

/**
 * A prompt in A1111's grammar, read: comments gone, cut into pieces with weights.
 *
 * <p>Grammar that changes the prompt during sampling ({@code [a:b:0.5]}, {@code [a|b]}), composes several prompts
 * ({@code AND}, {@code :weight} at the end) or loads networks ({@code <lora:…>}) is refused by name rather than read as plain words.
 *
 * @param pieces in order, at least one
 */
public record Prompt(List<WeightedText> pieces) {
    public Prompt {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) throw new IllegalArgumentException("a prompt has at least one piece");
    }

    /**
     * A prompt.
     *
     * @throws ModelException when it is too long, uses grammar that is not supported, or has a weight that is no number
     */
    public static Prompt parse(String text) {
        Tokenizer.requireLength(text);
        PromptNetworks networks = PromptNetworks.parse(PromptComments.strip(text));
        if (!networks.tags().isEmpty())
            throw new ModelException(
                    "The prompt's %.60s asks for a network, which is not supported in prompts yet; remove it"
                            .formatted(networks.tags().getFirst().source()));
        List<WeightedText> parts = PromptComposition.parse(networks.text());
        if (parts.size() > 1)
            throw new ModelException(
                    "The prompt joins several prompts with AND, which is not supported yet; write \"and\" for the plain word");
        if (parts.getFirst().weight() != 1)
            throw new ModelException(
                    "The prompt ends in :%s, a weight for the whole prompt, which is not supported yet; remove it or write (words:%<s)"
                            .formatted(parts.getFirst().weight()));
        String prompt = parts.getFirst().text();
        return parseStatic(prompt);
    }

    /**
     * A negative prompt: AND and {@code <lora:…>} are plain text in it, as in A1111.
     *
     * @throws ModelException as {@link #parse}
     */
    public static Prompt parseNegative(String text) {
        Tokenizer.requireLength(text);
        return parseStatic(PromptComments.strip(text));
    }

    /** The text as it is, without any grammar. */
    public static Prompt plain(String text) {
        Tokenizer.requireLength(text);
        return new Prompt(List.of(new WeightedText(text, 1)));
    }

    private static Prompt parseStatic(String prompt) {
        PromptEditing.parse(prompt).change().ifPresent(change -> {
            throw new ModelException(
                    "The prompt's %.60s changes the text during sampling, which is not supported yet; keep one of its texts"
                            .formatted(change));
        });
        return new Prompt(AttentionParser.parse(prompt));
    }
}
