package giga.diffusion.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A prompt in A1111's editing grammar: {@code [from:to:when]}, {@code [to:when]}, {@code [from::when]} change the text at
 * a step, {@code [a|b|c]} takes another option at every step. Other brackets, and all that does not fit, stay as text.
 */
record PromptEditing(Sequence root) {

    sealed interface Node {}

    record Text(String text) implements Node {}

    record Sequence(List<Node> nodes) implements Node {
        static final Sequence EMPTY = new Sequence(List.of());

        Sequence {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * @param when a step, or with a decimal point a share of all steps
     * @param source as it stands in the prompt
     */
    record Scheduled(Sequence before, Sequence after, String when, String source) implements Node {
        /** The last step of {@code before}; below 1: never shown. */
        int boundary(int steps) {
            double value = Double.parseDouble(when);
            return (int) Math.min(steps, when.contains(".") ? value * steps : value);
        }
    }

    /** @param source as it stands in the prompt */
    record Alternate(List<Sequence> options, String source) implements Node {
        Alternate {
            options = List.copyOf(options);
        }

        Sequence at(int step) {
            return options.get((step - 1) % options.size());
        }
    }

    /** The prompt's text from the step after the entry before to {@code lastStep}, counted from 1. */
    record Entry(int lastStep, String text) {}

    static PromptEditing parse(String prompt) {
        return new PromptEditing(PromptEditingParser.parse(prompt));
    }

    /** The first place where the text changes during sampling, as it stands in the prompt. */
    Optional<String> change() {
        return change(root);
    }

    /** The texts of all steps. */
    List<Entry> schedule(int steps) {
        TreeSet<Integer> boundaries = new TreeSet<>();
        boundaries.add(steps);
        collectBoundaries(root, steps, boundaries);
        List<Entry> entries = new ArrayList<>();
        for (int boundary : boundaries) {
            StringBuilder text = new StringBuilder();
            write(root, boundary, steps, text);
            entries.add(new Entry(boundary, text.toString()));
        }
        return entries;
    }

    private static Optional<String> change(Node node) {
        return switch (node) {
            case Text text -> Optional.empty();
            case Scheduled scheduled -> Optional.of(scheduled.source());
            case Alternate alternate -> Optional.of(alternate.source());
            case Sequence(List<Node> nodes) ->
                nodes.stream().flatMap(child -> change(child).stream()).findFirst();
        };
    }

    private static void collectBoundaries(Node node, int steps, TreeSet<Integer> boundaries) {
        switch (node) {
            case Text text -> {}
            case Sequence(List<Node> nodes) -> nodes.forEach(child -> collectBoundaries(child, steps, boundaries));
            case Scheduled scheduled -> {
                if (scheduled.boundary(steps) >= 1) boundaries.add(scheduled.boundary(steps));
                collectBoundaries(scheduled.before(), steps, boundaries);
                collectBoundaries(scheduled.after(), steps, boundaries);
            }
            case Alternate alternate -> {
                for (int step = 1; step <= steps; step++) boundaries.add(step);
                alternate.options().forEach(option -> collectBoundaries(option, steps, boundaries));
            }
        }
    }

    private static void write(Node node, int step, int steps, StringBuilder text) {
        switch (node) {
            case Text(String literal) -> text.append(literal);
            case Sequence(List<Node> nodes) -> nodes.forEach(child -> write(child, step, steps, text));
            case Scheduled scheduled ->
                write(step <= scheduled.boundary(steps) ? scheduled.before() : scheduled.after(), step, steps, text);
            case Alternate alternate -> write(alternate.at(step), step, steps, text);
        }
    }
}
