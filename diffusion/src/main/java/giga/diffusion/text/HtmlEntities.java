package giga.diffusion.text;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes numeric HTML entities, the Latin-1 names and the common typographic names; others stay as they are. */
final class HtmlEntities {
    private static final Pattern ENTITY =
            Pattern.compile("&(#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][0-9A-Za-z]{1,23});");
    private static final int REPLACEMENT = 0xFFFD;

    /** The names of U+00A0 to U+00FF, in order. */
    private static final String LATIN_1 = """
            nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr
            deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest
            Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml
            ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig
            agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml
            eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
            """;

    private static final Map<String, String> NAMES = names();

    private HtmlEntities() {}

    static String decode(String text) {
        if (text.indexOf('&') < 0) return text;
        return ENTITY.matcher(text).replaceAll(HtmlEntities::replacement);
    }

    private static String replacement(MatchResult match) {
        String name = match.group(1);
        String decoded = name.startsWith("#") ? numeric(name) : NAMES.getOrDefault(name, match.group());
        return Matcher.quoteReplacement(decoded);
    }

    private static String numeric(String name) {
        boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
        long value = hex ? Long.parseLong(name.substring(2), 16) : Long.parseLong(name.substring(1));
        if (value == 0 || value > Character.MAX_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF)) value = REPLACEMENT;
        return Character.toString(Windows1252.fromControl((int) value));
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        String[] latin = LATIN_1.trim().split("\\s+");
        for (int i = 0; i < latin.length; i++) names.put(latin[i], Character.toString(0xA0 + i));
        names.putAll(Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'"));
        names.putAll(Map.of("ndash", "–", "mdash", "—", "hellip", "…", "bull", "•", "trade", "™", "euro", "€"));
        names.putAll(Map.of("lsquo", "‘", "rsquo", "’", "ldquo", "“", "rdquo", "”"));
        return Map.copyOf(names);
    }
}
