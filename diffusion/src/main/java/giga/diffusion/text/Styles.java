package giga.diffusion.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import giga.diffusion.ModelException;
import giga.diffusion.Spelling;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Styles: texts with names that are added to prompts, from A1111's {@code styles.csv} (columns name, prompt,
 * negative_prompt).
 *
 * @param source what the reader of an error should look at
 * @param byName in the order of the file; of several with one name the last counts
 */
public record Styles(Path source, Map<String, Style> byName) {
    private static final long MAX_BYTES = 16 << 20;
    private static final int SUGGESTIONS = 3;

    public Styles {
        byName = new LinkedHashMap<>(byName);
    }

    /**
     * @param prompt added to prompts; where it has {@code {prompt}}, the prompt goes there
     * @param negative the same for negative prompts
     */
    public record Style(String name, String prompt, String negative) {
        public String applyTo(String prompt) {
            return merged(this.prompt, prompt);
        }

        public String applyToNegative(String negative) {
            return merged(this.negative, negative);
        }

        private static String merged(String style, String prompt) {
            if (style.contains("{prompt}")) return style.replace("{prompt}", prompt);
            return Stream.of(prompt.strip(), style.strip())
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(", "));
        }
    }

    /** @throws ModelException when the file is missing or is no table of styles */
    public static Styles open(Path file) {
        List<List<String>> rows = Csv.rows(text(file));
        List<String> header = rows.isEmpty() ? List.of() : rows.getFirst();
        int name = header.indexOf("name");
        int prompt = header.contains("prompt") ? header.indexOf("prompt") : header.indexOf("text");
        int negative = header.indexOf("negative_prompt");
        if (name < 0 || prompt < 0)
            throw new ModelException(file
                    + ": its first line does not name the columns of a table of styles: name,prompt,negative_prompt");
        Map<String, Style> styles = new LinkedHashMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            Style style = new Style(field(row, name), field(row, prompt), field(row, negative));
            if (!style.name().startsWith("#")) styles.put(style.name(), style);
        }
        return new Styles(file, styles);
    }

    /** @throws ModelException when there is none of this name; an exact match goes before one in another case */
    public Style named(String name) {
        Optional<Style> found = Optional.ofNullable(byName.get(name))
                .or(() -> byName.values().stream()
                        .filter(style -> style.name().equalsIgnoreCase(name.strip()))
                        .findFirst());
        return found.orElseThrow(() -> {
            List<String> nearest = Spelling.nearest(name, List.copyOf(byName.keySet()), SUGGESTIONS);
            return new ModelException("There is no style \"%.60s\" in %s; %s"
                    .formatted(
                            name,
                            source,
                            nearest.isEmpty() ? "it has none" : "did you mean " + String.join(", ", nearest) + "?"));
        });
    }

    private static String field(List<String> row, int column) {
        return column >= 0 && column < row.size() ? row.get(column) : "";
    }

    private static String text(Path file) {
        try {
            if (!Files.isRegularFile(file))
                throw new ModelException(file + " is missing; it is the table of styles, name,prompt,negative_prompt");
            if (Files.size(file) > MAX_BYTES)
                throw new ModelException(
                        "%s has %d bytes, more than a table of styles; give another".formatted(file, Files.size(file)));
            String text = Files.readString(file, UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ModelException(file + " is not UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
