package giga.redraw.infotext;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What made a picture, as AUTOMATIC1111's stable-diffusion-webui writes it into its pictures ("parameters"):
 *
 * <pre>
 * a castle, sunset
 * Negative prompt: blurry
 * Steps: 20, Sampler: Euler a, Seed: 5, Size: 512x512, Lora hashes: "detail: 1a2b3c4d"
 * </pre>
 *
 * <p>The form cannot tell everything apart: a line of the prompt that begins with "Negative prompt:" ends the prompt, and
 * fewer than three fields are read as part of the prompt.
 *
 * @param fields in their order, also those that giga does not know; values as text
 */
public record Infotext(String prompt, String negative, SequencedMap<String, String> fields) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public Infotext {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        for (String key : fields.keySet())
            if (!InfotextParser.isKey(key)) throw new IllegalArgumentException("'" + key + "' cannot name a field");
    }

    /** Reads any text: what has no line of fields is a prompt. */
    public static Infotext parse(String text) {
        return InfotextParser.parse(text);
    }

    /** A field's value by its name in A1111's spelling. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    /** The same with one field of another value; a new one goes behind the others. */
    public Infotext with(String key, String value) {
        SequencedMap<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(key, value);
        return new Infotext(prompt, negative, changed);
    }

    /** The text as it stands in a picture. */
    public String text() {
        StringBuilder text = new StringBuilder(prompt);
        if (!negative.isEmpty()) text.append("\nNegative prompt: ").append(negative);
        if (!fields.isEmpty())
            text.append('\n')
                    .append(fields.entrySet().stream().map(Infotext::written).collect(Collectors.joining(", ")));
        return text.toString().strip();
    }

    private static String written(Map.Entry<String, String> field) {
        return field.getKey() + ": " + quoted(field.getValue());
    }

    /** A1111 quotes what holds a comma, a colon or a new line; the rest here would not be read back as it is without. */
    static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == ':' || c == '\n' || c == '\r')
                && !value.isEmpty()
                && !value.startsWith("\"")
                && value.equals(value.strip());
        return plain ? value : JSON.writeValueAsString(value);
    }

    static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) return value;
        try {
            return JSON.readValue(value, String.class);
        } catch (JacksonException e) {
            return value;
        }
    }
}
