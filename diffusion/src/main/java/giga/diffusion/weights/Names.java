package giga.diffusion.weights;

import java.util.List;
import java.util.stream.Collectors;

/** Text out of a model file as it may stand in a message: short, on one line, without control characters. */
public final class Names {
    private static final int LONGEST = 120;

    private Names() {}

    public static String show(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return "\"" + cut.replaceAll("[\\p{Cntrl}\\p{Cs}\\p{Cf}\\u2028\\u2029]", "?") + "\"";
    }

    public static String shape(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
