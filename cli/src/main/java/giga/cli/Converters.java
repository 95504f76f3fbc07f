package giga.cli;

import giga.redraw.Request.Order;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** What people type, as values; picocli's own converters speak of Java's types. */
final class Converters {
    private Converters() {}

    static CommandLine register(CommandLine command) {
        return command.registerConverter(int.class, text -> number(text, Integer::valueOf, "a whole number"))
                .registerConverter(Integer.class, text -> number(text, Integer::valueOf, "a whole number"))
                .registerConverter(long.class, text -> number(text, Long::valueOf, "a whole number"))
                .registerConverter(Long.class, text -> number(text, Long::valueOf, "a whole number"))
                .registerConverter(Double.class, text -> number(text, Double::valueOf, "a number"))
                .registerConverter(Order.class, Converters::order)
                .registerConverter(Path.class, Converters::path);
    }

    private static <N> N number(String text, Function<String, N> parse, String kind) {
        try {
            return parse.apply(text.strip());
        } catch (NumberFormatException e) {
            boolean digits = text.strip().matches("[+-]?[0-9]+");
            throw new TypeConversionException("'" + text + "' is " + (digits ? "out of range" : "not " + kind));
        }
    }

    private static Order order(String text) {
        return Arrays.stream(Order.values())
                .filter(order -> order.toString().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is neither chess nor none"));
    }

    private static Path path(String text) {
        if (text.isBlank()) throw new TypeConversionException("the name is empty");
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' cannot be a path: " + e.getReason());
        }
    }
}
