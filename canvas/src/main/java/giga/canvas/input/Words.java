package giga.canvas.input;

import java.util.stream.Collectors;

/** Foreign text in messages. */
final class Words {
    private static final int MAX = 60;

    private Words() {}

    /** Short and without what could steer a terminal. */
    static String brief(String text) {
        String shown = text.length() > MAX ? text.substring(0, MAX) + "..." : text;
        return shown.codePoints()
                .map(c -> c < 32 || c > 126 ? '?' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
