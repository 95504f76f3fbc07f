package giga.redraw.inspect.report;

import giga.canvas.Pixels;
import giga.canvas.output.EncodedPicture;
import java.util.Base64;

/** Pieces of a page. */
final class Html {
    private Html() {}

    /** A text from anywhere, harmless between tags and in quoted attributes. */
    static String text(String any) {
        StringBuilder safe = new StringBuilder(any.length() + 16);
        any.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                // Controls and halves of characters are no HTML.
                default -> safe.appendCodePoint(isFit(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /** @param alt what it shows, escaped here */
    static String image(Pixels pixels, String cssClass, String alt) {
        return "<img class=\"%s\" width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/jpeg;base64,%s\">"
                .formatted(
                        cssClass,
                        pixels.width(),
                        pixels.height(),
                        text(alt),
                        Base64.getEncoder().encodeToString(EncodedPicture.jpeg(pixels)));
    }

    private static boolean isFit(int c) {
        boolean control = c < 0x20 && c != '\n' && c != '\t' || c >= 0x7F && c < 0xA0;
        // Signs that turn the direction of what follows could make one text look like another.
        boolean turning = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        return !control && !turning && (c < 0xD800 || c > 0xDFFF);
    }
}
