package giga.cli;

import giga.canvas.Region;
import giga.canvas.dataset.Dataset;
import giga.canvas.finish.Blend;
import giga.canvas.finish.Finish;
import giga.canvas.finish.Sharpening;
import giga.canvas.finish.Texture;
import giga.canvas.icc.Intent;
import giga.canvas.output.TiffCompression;
import giga.canvas.print.Print;
import giga.redraw.DenoiseBySize;
import giga.redraw.JobException;
import giga.redraw.Join;
import giga.redraw.Layout;
import giga.redraw.Request.Order;
import giga.redraw.Request.Seams;
import giga.redraw.TargetSize;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** What people type, as values; picocli's own converters speak of Java's types. */
final class Converters {
    private static final Pattern REGION = Pattern.compile("([0-9]{1,9})x([0-9]{1,9})\\+([0-9]{1,9})\\+([0-9]{1,9})");

    private Converters() {}

    static CommandLine register(CommandLine command) {
        return command.registerConverter(int.class, text -> number(text, Integer::valueOf, "a whole number"))
                .registerConverter(Integer.class, text -> number(text, Integer::valueOf, "a whole number"))
                .registerConverter(long.class, text -> number(text, Long::valueOf, "a whole number"))
                .registerConverter(Long.class, text -> number(text, Long::valueOf, "a whole number"))
                .registerConverter(Double.class, text -> number(text, Double::valueOf, "a number"))
                .registerConverter(Order.class, text -> constant(Order.class, text))
                .registerConverter(TiffCompression.class, text -> constant(TiffCompression.class, text))
                .registerConverter(Dataset.Format.class, text -> constant(Dataset.Format.class, text))
                .registerConverter(Join.class, text -> constant(Join.class, text))
                .registerConverter(Layout.class, text -> constant(Layout.class, text))
                .registerConverter(Seams.Mode.class, text -> constant(Seams.Mode.class, text))
                .registerConverter(GeometryOptions.Switch.class, text -> constant(GeometryOptions.Switch.class, text))
                .registerConverter(DenoiseBySize.class, text -> told(text, DenoiseBySize::parse))
                .registerConverter(TargetSize.class, text -> told(text, TargetSize::parse))
                .registerConverter(Intent.class, text -> constant(Intent.class, text))
                .registerConverter(Print.Fit.class, text -> constant(Print.Fit.class, text))
                .registerConverter(Blend.class, text -> constant(Blend.class, text))
                .registerConverter(Finish.Step.class, text -> constant(Finish.Step.class, text))
                .registerConverter(Sharpening.Method.class, text -> constant(Sharpening.Method.class, text))
                .registerConverter(Texture.Fit.class, text -> constant(Texture.Fit.class, text))
                .registerConverter(Region.class, Converters::region)
                .registerConverter(Path.class, Converters::path);
    }

    /** What refuses a text in its own words. */
    private static <T> T told(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (JobException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static <N> N number(String text, Function<String, N> parse, String kind) {
        try {
            return parse.apply(text.strip());
        } catch (NumberFormatException e) {
            boolean digits = text.strip().matches("[+-]?[0-9]+");
            throw new TypeConversionException("'" + text + "' is " + (digits ? "out of range" : "not " + kind));
        }
    }

    /** Constants by what they call themselves, in any case. */
    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        E[] constants = type.getEnumConstants();
        String names = Arrays.stream(constants)
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return Arrays.stream(constants)
                .filter(constant -> constant.toString().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of " + names));
    }

    private static Path path(String text) {
        if (text.isBlank()) throw new TypeConversionException("the name is empty");
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' cannot be a path: " + e.getReason());
        }
    }

    private static Region region(String text) {
        Matcher parts = REGION.matcher(text.strip());
        try {
            if (parts.matches())
                return new Region(number(parts, 3), number(parts, 4), number(parts, 1), number(parts, 2));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no part of a picture: " + e.getMessage());
        }
        throw new TypeConversionException("'" + text + "' is no part of a picture; write it as WIDTHxHEIGHT+X+Y");
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}
