package giga.diffusion.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens to a text before it is cut into tokens, as the trained text encoders saw it: the repairs of the ftfy
 * library that concern prompts (entities, ligatures, full and half width, curly quotes, control characters, NFC), white
 * space collapsed, lower case. Mojibake (text decoded with the wrong character set) is not repaired.
 */
final class TextCleaning {
    /** Each round undoes one level of escaping ("&amp;amp;lt;"); deeper ones are an attack, not a prompt. */
    private static final int ROUNDS = 8;

    private static final Pattern TERMINAL_ESCAPE = Pattern.compile("\\x1B\\[[0-9;]*+[A-Za-z]");
    /** Normalising takes time by the square of the marks on one letter; longer piles are taken apart. */
    private static final Pattern PILE_OF_MARKS = Pattern.compile("\\p{M}{1000}");

    private static final Map<Integer, String> LIGATURES = Map.ofEntries(
            Map.entry(0x132, "IJ"),
            Map.entry(0x133, "ij"),
            Map.entry(0x149, "ʼn"),
            Map.entry(0x1C4, "DŽ"),
            Map.entry(0x1C5, "Dž"),
            Map.entry(0x1C6, "dž"),
            Map.entry(0x1C7, "LJ"),
            Map.entry(0x1C8, "Lj"),
            Map.entry(0x1C9, "lj"),
            Map.entry(0x1CA, "NJ"),
            Map.entry(0x1CB, "Nj"),
            Map.entry(0x1CC, "nj"),
            Map.entry(0x1F1, "DZ"),
            Map.entry(0x1F2, "Dz"),
            Map.entry(0x1F3, "dz"),
            Map.entry(0xFB00, "ff"),
            Map.entry(0xFB01, "fi"),
            Map.entry(0xFB02, "fl"),
            Map.entry(0xFB03, "ffi"),
            Map.entry(0xFB04, "ffl"),
            Map.entry(0xFB05, "ſt"),
            Map.entry(0xFB06, "st"));

    private TextCleaning() {}

    /** As Hugging Face's CLIPTokenizer does it. */
    static String clean(String text) {
        return lowerCase(collapse(fix(text)));
    }

    /** As open_clip does it: entities are decoded twice more, also beside a "<". */
    static String cleanUnescaping(String text) {
        return lowerCase(collapse(HtmlEntities.decode(HtmlEntities.decode(fix(text)))));
    }

    /** White space as Python's {@code \s} sees it, which the reference tokenizers use. */
    static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == 0x85;
    }

    private static String fix(String text) {
        int markup = text.indexOf('<');
        if (markup < 0) return fix(text, true);
        // A "<" says that the text is markup from this line on, where entities are meant literally.
        int line = text.lastIndexOf('\n', markup) + 1;
        return fix(text.substring(0, line), true) + fix(text.substring(line), false);
    }

    private static String fix(String text, boolean unescapes) {
        String fixed = text;
        for (int round = 0; round < ROUNDS; round++) {
            String before = fixed;
            if (unescapes) fixed = HtmlEntities.decode(fixed);
            fixed = TERMINAL_ESCAPE.matcher(fixed).replaceAll("");
            fixed = composed(replaceCharacters(fixed));
            if (fixed.equals(before)) break;
        }
        return fixed;
    }

    private static String composed(String text) {
        StringBuilder result = new StringBuilder(text.length());
        Matcher pile = PILE_OF_MARKS.matcher(text);
        int position = 0;
        while (pile.find()) {
            result.append(Normalizer.normalize(text.substring(position, pile.end()), Normalizer.Form.NFC));
            position = pile.end();
        }
        return result.append(Normalizer.normalize(text.substring(position), Normalizer.Form.NFC))
                .toString();
    }

    private static String replaceCharacters(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().map(Windows1252::fromControl).forEach(codePoint -> append(result, codePoint));
        return result.toString();
    }

    private static void append(StringBuilder result, int codePoint) {
        switch (codePoint) {
            case 0x2BC, 0x2018, 0x2019, 0x201A, 0x201B -> result.append('\'');
            case 0x201C, 0x201D, 0x201E, 0x201F -> result.append('"');
            case '\r', 0x2028, 0x2029 -> result.append('\n');
            default -> {
                if (isControl(codePoint)) return;
                if (codePoint >= 0xD800 && codePoint <= 0xDFFF) result.append('\uFFFD');
                else if (codePoint >= 0xFF01 && codePoint <= 0xFFEF)
                    result.append(Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC));
                else if (LIGATURES.containsKey(codePoint)) result.append(LIGATURES.get(codePoint));
                else result.appendCodePoint(codePoint);
            }
        }
    }

    private static boolean isControl(int codePoint) {
        return (codePoint < 0x20 && !(codePoint >= '\t' && codePoint <= '\r' && codePoint != 0x0B))
                || codePoint == 0x7F
                || (codePoint >= 0x206A && codePoint <= 0x206F)
                || codePoint == 0xFEFF
                || (codePoint >= 0xFFF9 && codePoint <= 0xFFFC);
    }

    private static String lowerCase(String text) {
        // The one letter that becomes two; String.toLowerCase copies the whole text for each of them.
        return text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
    }

    private static String collapse(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean pending = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c)) {
                pending = !result.isEmpty();
                continue;
            }
            if (pending) result.append(' ');
            pending = false;
            result.append(c);
        }
        return result.toString();
    }
}
