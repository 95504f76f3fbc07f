package giga.canvas.dezoom.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON from servers. Numbers may stand in quotes. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build());

    private Json() {}

    /** The object in a text, which may also be handed to a function (JSONP); empty where there is none. */
    static Optional<JsonNode> object(byte[] text) {
        String characters = new String(text, UTF_8).replace("\uFEFF", "").strip();
        int begin = characters.indexOf('{');
        int end = characters.lastIndexOf('}');
        if (begin < 0 || end < begin || characters.startsWith("<")) return Optional.empty();
        try {
            JsonNode node = MAPPER.readTree(characters.substring(begin, end + 1));
            return Optional.of(node).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** A whole number, -1 where there is none. */
    static int number(JsonNode node) {
        if (node.isString()) {
            String text = node.stringValue().strip();
            return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        }
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0 ? node.intValue() : -1;
    }

    static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }
}
