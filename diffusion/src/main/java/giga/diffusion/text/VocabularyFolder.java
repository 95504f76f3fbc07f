package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tokenizer folder of a diffusers model: vocab.json, merges.txt and, where there is one, special_tokens_map.json. */
record VocabularyFolder(Path folder) {
    private static final long MAX_BYTES = 4 << 20;
    private static final int MAX_ID = 1 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    Vocabulary vocabulary() {
        return Vocabulary.of(ids(), merges(), folder.toString());
    }

    /** The id that fills a chunk after its end: SD2's folders name "!" (id 0) here, others the end itself. */
    int padId(Vocabulary vocabulary) {
        Path file = folder.resolve("special_tokens_map.json");
        if (!Files.exists(file)) return vocabulary.endId();
        JsonNode pad = json(file).path("pad_token");
        if (pad.isObject()) pad = pad.path("content");
        if (pad.isMissingNode() || pad.isNull()) return vocabulary.endId();
        Integer id = pad.isString() ? ids().get(pad.stringValue()) : null;
        if (id == null)
            throw new ModelException(file + ": pad_token is not a symbol of vocab.json; fetch the tokenizer again");
        return id;
    }

    private Map<String, Integer> ids() {
        Path file = folder.resolve("vocab.json");
        JsonNode root = json(file);
        if (!root.isObject())
            throw new ModelException(file + " does not hold an object of symbols and ids; fetch the tokenizer again");
        Map<String, Integer> ids = HashMap.newHashMap(root.size());
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            JsonNode id = entry.getValue();
            if (!id.isInt() || id.intValue() < 0 || id.intValue() >= MAX_ID)
                throw new ModelException(
                        "%s: the id of \"%.40s\" is not a number from 0 to %d; fetch the tokenizer again"
                                .formatted(file, entry.getKey(), MAX_ID - 1));
            ids.put(entry.getKey(), id.intValue());
        }
        return ids;
    }

    private List<String> merges() {
        // The first line is a header; lines after the last merge are empty.
        List<String> lines = text(folder.resolve("merges.txt")).lines().toList();
        int end = lines.size();
        while (end > 1 && lines.get(end - 1).isBlank()) end--;
        return end == 0 ? List.of() : lines.subList(1, end);
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(text(file));
        } catch (JacksonException e) {
            throw new ModelException(file + " is not valid JSON; fetch the tokenizer again", e);
        }
    }

    private static String text(Path file) {
        try {
            if (!Files.isRegularFile(file))
                throw new ModelException(file + " is missing; a tokenizer folder holds vocab.json and merges.txt");
            if (Files.size(file) > MAX_BYTES)
                throw new ModelException("%s has %d bytes, more than any tokenizer's; fetch the tokenizer again"
                        .formatted(file, Files.size(file)));
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ModelException(file + " is not UTF-8 text; fetch the tokenizer again", e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
