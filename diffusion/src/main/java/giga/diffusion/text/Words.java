package giga.diffusion.text;

import java.util.ArrayList;
import java.util.List;

/** Splits text at a key word that stands alone, BREAK or AND, in linear time whatever surrounds it. */
final class Words {
    private Words() {}

    /** The parts between the key words, without the white space next to them; at least one. */
    static List<String> split(String text, String word) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = find(text, word, 0); at >= 0; at = find(text, word, start)) {
            parts.add(stripEnd(text.substring(start, at)));
            start = at + word.length();
            while (start < text.length() && TextCleaning.isSpace(text.charAt(start))) start++;
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** Where the key word stands alone at or after a position, or -1. */
    static int find(String text, String word, int from) {
        for (int at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean standsAlone = (at == 0 || !isWordCharacter(text.codePointBefore(at)))
                    && (end == text.length() || !isWordCharacter(text.codePointAt(end)));
            if (standsAlone) return at;
        }
        return -1;
    }

    static String stripEnd(String text) {
        int end = text.length();
        while (end > 0 && TextCleaning.isSpace(text.charAt(end - 1))) end--;
        return text.substring(0, end);
    }

    private static boolean isWordCharacter(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isLetterOrDigit(codePoint)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER
                || codePoint == '_';
    }
}
