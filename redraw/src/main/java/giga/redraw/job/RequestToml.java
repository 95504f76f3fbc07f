package giga.redraw.job;

import giga.redraw.JobException;
import giga.redraw.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * A request as TOML, to be read and edited by people: a recipe in which nothing is left open, as every job has it. What asks
 * for a redraw and leaves open what goes without saying is a {@link giga.redraw.recipe.Recipe}.
 */
public final class RequestToml {
    private static final String PASSES = "passes";

    private static final TomlMapper TOML = TomlMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private RequestToml() {}

    /** The passes as tables of their own: the library would write them all into one line. */
    public static String write(Request request) {
        ObjectNode whole = TOML.valueToTree(request);
        JsonNode passes = whole.remove(PASSES);
        StringBuilder text = new StringBuilder(TOML.writeValueAsString(whole));
        for (JsonNode pass : passes)
            text.append("\n[[").append(PASSES).append("]]\n").append(TOML.writeValueAsString(pass));
        return text.toString();
    }

    /** Whether a text is meant to be a request, and not a recipe that leaves something open. */
    public static boolean isMeantBy(String toml) {
        return toml.lines().anyMatch(line -> line.strip().equals("[[" + PASSES + "]]"));
    }

    /**
     * @param name what to call the text in a message, for example its file
     * @throws JobException when the text is no recipe
     */
    public static Request read(String toml, String name) {
        try {
            Request request = TOML.readValue(toml, Request.class);
            if (request != null) return request;
            throw noRecipe(name, "it is empty", null);
        } catch (JacksonException e) {
            // What the request itself refuses comes wrapped; its own words are the better message.
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause())
                if (cause instanceof JobException refused) throw noRecipe(name, refused.getMessage(), e);
            throw noRecipe(name, e.getOriginalMessage(), e);
        }
    }

    private static JobException noRecipe(String name, String why, Throwable cause) {
        return new JobException("%s cannot be used as a recipe: %s. Correct it there.".formatted(name, why), cause);
    }
}
