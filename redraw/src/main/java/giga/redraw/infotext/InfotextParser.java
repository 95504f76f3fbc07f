package giga.redraw.infotext;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads {@link Infotext} by A1111's rules, in one pass over the text whatever it holds. */
final class InfotextParser {
    private static final String NEGATIVE = "Negative prompt:";
    private static final int FEWEST_FIELDS = 3;

    private InfotextParser() {}

    static Infotext parse(String text) {
        List<String> lines = new ArrayList<>(List.of(text.strip().split("\n", -1)));
        SequencedMap<String, String> fields = fields(lines.getLast());
        if (fields.size() >= FEWEST_FIELDS) lines.removeLast();
        else fields = new LinkedHashMap<>();
        List<String> prompt = new ArrayList<>();
        List<String> negative = new ArrayList<>();
        List<String> current = prompt;
        for (String raw : lines) {
            String line = raw.strip();
            if (line.startsWith(NEGATIVE)) {
                current = negative;
                line = line.substring(NEGATIVE.length()).strip();
            }
            current.add(line);
        }
        return new Infotext(
                String.join("\n", prompt).strip(), String.join("\n", negative).strip(), fields);
    }

    /** Two characters or more: letters, digits, underscores, and inside also blanks, hyphens and slashes. */
    static boolean isKey(String key) {
        return key.length() >= 2
                && isWord(key.charAt(0))
                && key.chars().allMatch(c -> isInKey((char) c))
                && key.equals(key.strip());
    }

    /** The pairs {@code key: value} of a line, divided by commas; what is none is passed over. */
    private static SequencedMap<String, String> fields(String line) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        int from = 0;
        for (int colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', from)) {
            String key = keyBefore(line, from, colon);
            from = colon + 1;
            if (!isKey(key)) continue;
            int start = from;
            while (start < line.length() && Character.isWhitespace(line.charAt(start))) start++;
            int end = valueEnd(line, start);
            fields.put(key, Infotext.unquoted(line.substring(start, end).strip()));
            from = Math.min(line.length(), end + 1);
        }
        return fields;
    }

    private static String keyBefore(String line, int from, int colon) {
        int start = colon;
        while (start > from && isInKey(line.charAt(start - 1))) start--;
        while (start < colon && !isWord(line.charAt(start))) start++;
        return line.substring(start, colon).strip();
    }

    /** Behind the closing quote where a comma or the end follows it, else at the next comma. */
    private static int valueEnd(String line, int start) {
        if (start < line.length() && line.charAt(start) == '"') {
            int at = start + 1;
            while (at < line.length() && line.charAt(at) != '"') at += line.charAt(at) == '\\' ? 2 : 1;
            int behind = at + 1;
            if (behind == line.length() || behind < line.length() && line.charAt(behind) == ',') return behind;
        }
        int comma = line.indexOf(',', start);
        return comma < 0 ? line.length() : comma;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isInKey(char c) {
        return isWord(c) || c == ' ' || c == '-' || c == '/';
    }
}
