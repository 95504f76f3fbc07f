package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A prompt in A1111's editing grammar: {@code [from:to:when]}, {@code [to:when]}, {@code [from::when]} change the text at
 * a step, {@code [a|b|c]} takes another option at every step. Other brackets, and all that does not fit, stay as text.
 */
public final class PromptEditing {
    /** Of all entries of a schedule together. */
    private static final long MAX_CHARACTERS = 1 << 25;

    private final Sequence root;

    private PromptEditing(Sequence root) {
        this.root = root;
    }

    sealed interface Node {}

    record Text(String text) implements Node {}

    record Sequence(List<Node> nodes) implements Node {
        static final Sequence EMPTY = new Sequence(List.of());

        Sequence {
            nodes = List.copyOf(nodes);
        }
    }

    /** @param when a step, or with a decimal point a share of all steps */
    record Scheduled(Sequence before, Sequence after, String when) implements Node {
        /** The last step of {@code before}; below 1: never shown. */
        int boundary(Steps steps) {
            double value = Double.parseDouble(when);
            if (when.contains(".")) value = (value - (steps.before() > 0 ? 1 : 0)) * steps.count();
            else value -= steps.before();
            return (int) Math.min(steps.count(), value);
        }
    }

    record Alternate(List<Sequence> options) implements Node {
        Alternate {
            options = List.copyOf(options);
        }

        Sequence at(int step) {
            return options.get((step - 1) % options.size());
        }
    }

    /** @param before steps of the pass before, 0 where there is none */
    private record Steps(int count, int before) {}

    /** The prompt's text from the step after the entry before to {@code lastStep}, counted from 1. */
    public record Entry(int lastStep, String text) {}

    /** @throws ModelException when brackets are nested too deep */
    static PromptEditing parse(String prompt) {
        return new PromptEditing(PromptEditingParser.parse(prompt));
    }

    /**
     * The texts of all steps, in order; the last entry's last step is {@code steps}. Neighbours may have the same text.
     *
     * @param steps that the schedule counts, at least 1
     * @throws ModelException when the texts of all steps are too long together
     */
    public List<Entry> schedule(int steps) {
        return schedule(steps, 0);
    }

    /**
     * The texts of a second pass as A1111's "hires fix" makes one: its steps are counted on from the first pass, and
     * its shares of all steps from 1 to 2.
     *
     * @param steps of this pass
     * @param before steps of the first pass, as {@link #schedule(int)} counts them
     */
    public List<Entry> schedule(int steps, int before) {
        return schedule(new Steps(steps, before));
    }

    private List<Entry> schedule(Steps steps) {
        TreeSet<Integer> boundaries = new TreeSet<>();
        boundaries.add(steps.count());
        if (collectBoundaries(root, steps, boundaries))
            for (int step = 1; step <= steps.count(); step++) boundaries.add(step);
        List<Entry> entries = new ArrayList<>();
        Map<String, String> texts = new HashMap<>();
        long characters = 0;
        for (int boundary : boundaries) {
            StringBuilder builder = new StringBuilder();
            write(root, boundary, steps, builder);
            String text = builder.toString();
            characters += text.length();
            if (characters > MAX_CHARACTERS)
                throw new ModelException(
                        "The prompt changes its text so often that over %d steps it comes to more than %d million characters; use fewer [a|b] or [a:b:when]"
                                .formatted(steps.count(), MAX_CHARACTERS >> 20));
            entries.add(new Entry(boundary, texts.computeIfAbsent(text, same -> same)));
        }
        return entries;
    }

    /** @return whether the text alternates, and so changes at every step */
    private static boolean collectBoundaries(Node node, Steps steps, TreeSet<Integer> boundaries) {
        return switch (node) {
            case Text _ -> false;
            case Sequence(List<Node> nodes) -> {
                boolean alternates = false;
                for (Node child : nodes) alternates |= collectBoundaries(child, steps, boundaries);
                yield alternates;
            }
            case Scheduled scheduled -> {
                if (scheduled.boundary(steps) >= 1) boundaries.add(scheduled.boundary(steps));
                yield collectBoundaries(scheduled.before(), steps, boundaries)
                        | collectBoundaries(scheduled.after(), steps, boundaries);
            }
            case Alternate alternate -> {
                for (Sequence option : alternate.options()) collectBoundaries(option, steps, boundaries);
                yield true;
            }
        };
    }

    private static void write(Node node, int step, Steps steps, StringBuilder text) {
        switch (node) {
            case Text(String literal) -> text.append(literal);
            case Sequence(List<Node> nodes) -> nodes.forEach(child -> write(child, step, steps, text));
            case Scheduled scheduled ->
                write(step <= scheduled.boundary(steps) ? scheduled.before() : scheduled.after(), step, steps, text);
            case Alternate alternate -> write(alternate.at(step), step, steps, text);
        }
    }
}
