package giga.redraw;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant by a misspelt one. */
public final class Spelling {
    /** Beyond this share of wrong letters a guess only puzzles. */
    private static final double MOST_WRONG = 0.5;

    private static final int LONGEST = 60;

    private Spelling() {}

    /** The nearest of the names, if one is near; leading dashes and what follows an equals sign do not count. */
    public static Optional<String> nearest(String typed, Collection<String> names) {
        String word = bare(typed);
        if (word.length() > LONGEST) return Optional.empty();
        return names.stream()
                .filter(name -> distance(word, bare(name))
                        <= MOST_WRONG * Math.max(word.length(), bare(name).length()))
                .min(Comparator.<String>comparingInt(name -> distance(word, bare(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The nearest of the names as a question in brackets, for a sentence; empty if none is near. */
    public static String suggestion(String typed, Collection<String> names) {
        return nearest(typed, names).map(" (did you mean %s?)"::formatted).orElse("");
    }

    private static String bare(String name) {
        return name.replaceFirst("^-+", "").replaceFirst("=.*", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters must be changed, put in, taken away or swapped with the next one (Damerau, 1964). */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) cost[i][0] = i;
        for (int j = 0; j <= b.length(); j++) cost[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
        return cost[a.length()][b.length()];
    }
}
