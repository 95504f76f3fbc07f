package giga.diffusion.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A1111's AND: a positive prompt is one or more prompts of which each draws with a weight of its own
 * ({@code moss :1.2 AND stone :0.6}), composed as in Liu et al. 2022. The weight scales the part's share of the guidance.
 */
final class PromptComposition {
    /** What follows a part's last colon when it is a weight. */
    private static final Pattern WEIGHT =
            Pattern.compile("\\s*+([-+]?(?:[0-9]++\\.?|[0-9]*+\\.[0-9]++))", Pattern.UNICODE_CHARACTER_CLASS);

    private PromptComposition() {}

    /** The parts in order, at least one; white space before a part stays, as in A1111. */
    static List<WeightedText> parse(String prompt) {
        List<WeightedText> parts = new ArrayList<>();
        int start = 0;
        for (int at = Words.find(prompt, "AND", 0); at >= 0; at = Words.find(prompt, "AND", start)) {
            parts.add(part(prompt.substring(start, at)));
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
        return new WeightedText(Words.stripEnd(text.substring(0, colon)), Double.parseDouble(weight.group(1)));
    }
}
