package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt in A1111's grammar, read: comments gone, cut into pieces with weights.
 *
 * <p>Grammar that changes the prompt during sampling ({@code [a:b:0.5]}, {@code [a|b]}), composes several prompts
 * ({@code AND}) or loads networks ({@code <lora:…>}) is refused by name rather than read as plain words.
 *
 * @param pieces in order, at least one
 */
public record Prompt(List<WeightedText> pieces) {
    private static final Pattern NETWORK = Pattern.compile("<[\\p{L}\\p{N}_]++:[^>]++>");

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
        String prompt = PromptComments.strip(text);
        // Behind the last ">" no tag can end, and looking for one there from every "<" would take long.
        Matcher network = NETWORK.matcher(prompt).region(0, prompt.lastIndexOf('>') + 1);
        if (network.find())
            throw new ModelException(
                    "The prompt's %.60s asks for a network, which is not supported in prompts yet; remove it"
                            .formatted(network.group()));
        if (Words.find(prompt, "AND", 0) >= 0)
            throw new ModelException(
                    "The prompt joins several prompts with AND, which is not supported yet; write \"and\" for the plain word");
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
