package giga.diffusion;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What people may have meant who typed a name that nothing has. */
public final class Spelling {
    private Spelling() {}

    /** Names that hold what was typed, else those spelt most like it; the nearest first. */
    public static List<String> nearest(String typed, List<String> names, int most) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        return names.stream()
                .distinct()
                .sorted(Comparator.comparing((String name) -> wanted.isEmpty()
                                || !name.toLowerCase(Locale.ROOT).contains(wanted))
                        .thenComparingInt(name -> distance(name, typed)))
                .limit(most)
                .toList();
    }

    /** How many letters must be changed, put in or taken away (Levenshtein), whatever their case. */
    public static int distance(String one, String other) {
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
