package giga.diffusion.text;

import java.util.regex.Pattern;

/** Removes what follows a {@code #} up to the end of its line, as A1111's prompt comments. */
final class PromptComments {
    private static final Pattern WHOLE_LINE = Pattern.compile("(\\A|\n)#[^\n]*+(\n|\\z)");
    private static final Pattern REST_OF_LINE = Pattern.compile("#[^\n]*+(\n|\\z)");

    private PromptComments() {}

    static String strip(String prompt) {
        String text = WHOLE_LINE.matcher(prompt).replaceAll("\n");
        return REST_OF_LINE.matcher(text).replaceAll("\n");
    }
}
