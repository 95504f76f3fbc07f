package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import giga.diffusion.Spelling;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Finds a choice by the name people typed, or says what they may have meant. */
final class Names {
    private static final int LONGEST = 60;

    private Names() {}

    static <T> T find(String kind, String name, List<T> choices) {
        for (T choice : choices) if (choice.toString().equalsIgnoreCase(name.strip())) return choice;
        throw unknown(kind, name, choices);
    }

    static ModelException unknown(String kind, String name, List<?> choices) {
        String typed = name.strip().substring(0, Math.min(LONGEST, name.strip().length()));
        String guess = choices.stream()
                .map(Object::toString)
                .min(Comparator.comparingInt(choice -> Spelling.distance(choice, typed)))
                .filter(nearest -> !typed.isEmpty())
                .map("did you mean %s? "::formatted)
                .orElse("");
        return new ModelException("There is no %s \"%s\"; %s%s are %s"
                .formatted(
                        kind,
                        typed,
                        guess,
                        guess.isEmpty() ? "there" : "There",
                        choices.stream().map(Object::toString).collect(Collectors.joining(", "))));
    }
}
