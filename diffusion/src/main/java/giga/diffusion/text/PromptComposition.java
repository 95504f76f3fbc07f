package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A1111's AND: a positive prompt is one or more prompts of which each draws with a weight of its own
 * ({@code moss :1.2 AND stone :0.6}), composed as in Liu et al. 2022. The weight scales the part's share of the guidance.
 */
final class PromptComposition {
    private static final int MAX_PARTS = 64;
    private static final int MAX_WEIGHT = 1000;

    /** What follows a part's last colon when it is a weight. */
    private static final Pattern WEIGHT =
            Pattern.compile("\\s*+([-+]?(?:[0-9]++\\.?|[0-9]*+\\.[0-9]++))", Pattern.UNICODE_CHARACTER_CLASS);

    private PromptComposition() {}

    /**
     * The parts in order, at least one; white space before a part stays, as in A1111.
     *
     * @throws ModelException when there are too many parts, or one weighs too much
     */
    static List<WeightedText> parse(String prompt) {
        List<WeightedText> parts = new ArrayList<>();
        int start = 0;
        for (int at = Words.find(prompt, "AND", 0); at >= 0; at = Words.find(prompt, "AND", start)) {
            parts.add(part(prompt.substring(start, at)));
            if (parts.size() == MAX_PARTS)
                throw new ModelException(
                        "The prompt joins more than %d parts with AND, each of them another run of the network; use fewer"
                                .formatted(MAX_PARTS));
            start = at + "AND".length();
        }
        parts.add(part(prompt.substring(start)));
        return List.copyOf(parts);
    }

    private static WeightedText part(String source) {
        String text = Words.stripEnd(source);
        int colon = text.lastIndexOf(':');
        Matcher weight = WEIGHT.matcher(text).region(colon + 1, text.length());
        if (colon < 0 || !weight.matches()) return new WeightedText(text, 1);
        double value = Double.parseDouble(weight.group(1));
        if (Math.abs(value) > MAX_WEIGHT)
            throw new ModelException("The prompt gives a part the weight %.20s; give one from -%d to %2$d, 1 is normal"
                    .formatted(weight.group(1), MAX_WEIGHT));
        return new WeightedText(Words.stripEnd(text.substring(0, colon)), value);
    }
}
