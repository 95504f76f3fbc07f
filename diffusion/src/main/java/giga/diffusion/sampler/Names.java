package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
        String nearest = choices.stream()
                .map(Object::toString)
                .min(Comparator.comparingInt(choice -> distance(choice, typed)))
                .orElseThrow();
        return new ModelException("There is no %s \"%s\"; did you mean %s? There are %s"
                .formatted(
                        kind,
                        typed,
                        nearest,
                        choices.stream().map(Object::toString).collect(Collectors.joining(", "))));
    }

    /** How many letters must be changed, put in or taken away (Levenshtein). */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
