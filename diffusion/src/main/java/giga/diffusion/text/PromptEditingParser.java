package giga.diffusion.text;

import giga.diffusion.ModelException;
import giga.diffusion.text.PromptEditing.Alternate;
import giga.diffusion.text.PromptEditing.Node;
import giga.diffusion.text.PromptEditing.Scheduled;
import giga.diffusion.text.PromptEditing.Sequence;
import giga.diffusion.text.PromptEditing.Text;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recursive descent over the editing grammar. A bracket that does not parse is remembered, so that every position is
 * tried once however deep the brackets lie.
 */
final class PromptEditingParser {
    private static final int MAX_DEPTH = 500;
    private static final Pattern RUN = Pattern.compile("(?:[^\\\\\\[\\]():|]|\\\\[^\n])++");
    private static final Pattern WHEN = Pattern.compile(
            "\\s*+([+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?)\\s*+\\]",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final String prompt;
    private final Matcher run;
    private final Matcher when;
    private final BitSet failed = new BitSet();
    private int position;
    private int depth;

    private PromptEditingParser(String prompt) {
        this.prompt = prompt;
        run = RUN.matcher(prompt);
        when = WHEN.matcher(prompt);
    }

    /** A prompt that is not of the grammar as a whole is one text. */
    static Sequence parse(String prompt) {
        PromptEditingParser parser = new PromptEditingParser(prompt);
        List<Node> nodes = new ArrayList<>();
        while (parser.position < prompt.length()) {
            nodes.addAll(parser.sequence().nodes());
            if (parser.position == prompt.length()) break;
            if ("[]():".indexOf(prompt.charAt(parser.position)) < 0) return new Sequence(List.of(new Text(prompt)));
            nodes.add(new Text(prompt.substring(parser.position, ++parser.position)));
        }
        return new Sequence(nodes);
    }

    private Sequence sequence() {
        List<Node> nodes = new ArrayList<>();
        for (Optional<Node> node = element(); node.isPresent(); node = element()) nodes.add(node.get());
        return nodes.isEmpty() ? Sequence.EMPTY : new Sequence(nodes);
    }

    /** One element, or nothing and the position as it was. */
    private Optional<Node> element() {
        int start = position;
        if (start == prompt.length() || failed.get(start)) return Optional.empty();
        char first = prompt.charAt(start);
        if (first != '(' && first != '[') return run();
        if (++depth > MAX_DEPTH)
            throw new ModelException("The prompt nests brackets more than " + MAX_DEPTH + " deep; remove some");
        position++;
        Optional<Node> node = first == '(' ? round() : square();
        depth--;
        if (node.isEmpty()) {
            failed.set(start);
            position = start;
        }
        return node;
    }

    private Optional<Node> run() {
        if (!run.region(position, prompt.length()).lookingAt()) return Optional.empty();
        position = run.end();
        return Optional.of(new Text(run.group()));
    }

    private Optional<Node> round() {
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Text("("));
        nodes.add(sequence());
        if (accept(':')) {
            nodes.add(new Text(":"));
            nodes.add(sequence());
        }
        nodes.add(new Text(")"));
        return accept(')') ? Optional.of(new Sequence(nodes)) : Optional.empty();
    }

    private Optional<Node> square() {
        Sequence first = sequence();
        if (accept(']')) return Optional.of(new Sequence(List.of(new Text("["), first, new Text("]"))));
        if (accept('|')) return alternate(first);
        if (!accept(':')) return Optional.empty();
        Optional<String> step = when();
        if (step.isPresent()) return Optional.of(new Scheduled(Sequence.EMPTY, first, step.get()));
        Sequence second = sequence();
        if (!accept(':')) return Optional.empty();
        return when().map(number -> new Scheduled(first, second, number));
    }

    private Optional<Node> alternate(Sequence first) {
        List<Sequence> options = new ArrayList<>(List.of(first));
        do options.add(sequence());
        while (accept('|'));
        return accept(']') ? Optional.of(new Alternate(options)) : Optional.empty();
    }

    /** A number and the closing bracket. */
    private Optional<String> when() {
        if (!when.region(position, prompt.length()).lookingAt()) return Optional.empty();
        position = when.end();
        return Optional.of(when.group(1));
    }

    private boolean accept(char sign) {
        boolean here = position < prompt.length() && prompt.charAt(position) == sign;
        if (here) position++;
        return here;
    }
}
