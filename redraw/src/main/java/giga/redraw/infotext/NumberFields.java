package giga.redraw.infotext;

import giga.redraw.JobException;
import java.util.Optional;
import java.util.function.Function;

/** @param source for messages */
record NumberFields(Infotext info, String source) {
    /** @throws JobException when the field is there and no number */
    <N extends Number> Optional<N> number(String key, Function<String, N> parse) {
        return info.value(key).map(text -> {
            try {
                return parse.apply(text.strip());
            } catch (NumberFormatException e) {
                throw new JobException(
                        "%s: its field %s says '%.40s', which is no number; give that option yourself"
                                .formatted(source, key, text),
                        e);
            }
        });
    }

    double number(String key, double otherwise) {
        return number(key, Double::valueOf).orElse(otherwise);
    }
}
