package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A1111's emphasis: {@code (more)} counts 1.1 times, {@code [less]} 1/1.1 times, {@code (text:1.3)} 1.3 times, nested
 * brackets multiply, a backslash makes a bracket a plain sign, the word BREAK ends a chunk. Brackets without a partner
 * are never an error: open ones reach to the end, closing ones are text.
 */
final class AttentionParser {
    private static final int MAX_DEPTH = 500;
    private static final double ROUND = 1.1;
    private static final double SQUARE = 1 / 1.1;
    private static final Pattern TOKEN = Pattern.compile(
            "\\\\[()\\[\\]\\\\]?+|[(\\[)\\]]|:\\s*+(?<weight>[+-]?[.\\d]++)\\s*+\\)|[^\\\\()\\[\\]:]++|:",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final List<String> texts = new ArrayList<>();
    private double[] weights = new double[16];
    private final Deque<Integer> round = new ArrayDeque<>();
    private final Deque<Integer> square = new ArrayDeque<>();

    private AttentionParser() {}

    static List<WeightedText> parse(String prompt) {
        AttentionParser parser = new AttentionParser();
        Matcher tokens = TOKEN.matcher(prompt);
        while (tokens.find()) parser.accept(tokens.group(), tokens.group("weight"));
        return parser.finish();
    }

    private void accept(String token, String weight) {
        if (token.startsWith("\\")) add(token.substring(1), 1);
        else if (token.equals("(")) open(round);
        else if (token.equals("[")) open(square);
        else if (weight != null && !round.isEmpty()) multiply(round.pop(), number(weight));
        else if (token.equals(")") && !round.isEmpty()) multiply(round.pop(), ROUND);
        else if (token.equals("]") && !square.isEmpty()) multiply(square.pop(), SQUARE);
        else addText(token);
    }

    private void open(Deque<Integer> brackets) {
        if (round.size() + square.size() == MAX_DEPTH)
            throw new ModelException("The prompt opens more than " + MAX_DEPTH
                    + " brackets without closing them; remove some, or write \\( and \\[ for plain ones");
        brackets.push(texts.size());
    }

    private void addText(String token) {
        List<String> parts = Words.split(token, "BREAK");
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) add(WeightedText.BREAK.text(), WeightedText.BREAK.weight());
            add(parts.get(i), 1);
        }
    }

    private void add(String text, double weight) {
        if (texts.size() == weights.length) weights = Arrays.copyOf(weights, 2 * weights.length);
        weights[texts.size()] = weight;
        texts.add(text);
    }

    private void multiply(int start, double factor) {
        for (int i = start; i < texts.size(); i++) weights[i] *= factor;
    }

    private List<WeightedText> finish() {
        for (int start : round) multiply(start, ROUND);
        for (int start : square) multiply(start, SQUARE);
        if (texts.isEmpty()) add("", 1);
        List<WeightedText> merged = new ArrayList<>();
        for (int i = 0; i < texts.size(); ) {
            double weight = weights[i];
            if (!Float.isFinite((float) weight))
                throw new ModelException(
                        "The weight of \"%.40s\" in the prompt is out of range; use one near 1, like (word:1.3)"
                                .formatted(texts.get(i)));
            StringBuilder text = new StringBuilder();
            for (; i < texts.size() && weights[i] == weight; i++) text.append(texts.get(i));
            merged.add(new WeightedText(text.toString(), weight));
        }
        return List.copyOf(merged);
    }

    private static double number(String weight) {
        try {
            return Double.parseDouble(asciiDigits(weight));
        } catch (NumberFormatException e) {
            throw new ModelException(
                    "The prompt gives the weight \"%.40s\", which is not a number; write it like (word:1.3)"
                            .formatted(weight));
        }
    }

    private static String asciiDigits(String number) {
        StringBuilder ascii = new StringBuilder();
        number.codePoints()
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .forEach(ascii::appendCodePoint);
        return ascii.toString();
    }
}
