package giga.diffusion.lora;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The captions' tags by folder of training pictures, as kohya's trainer counts them: words that call the LoRA up. */
final class TagFrequency {
    private static final int MOST = 10;
    private static final JsonMapper JSON = new JsonMapper();

    private TagFrequency() {}

    /** The most frequent tags of all folders; none where the trainer did not count. */
    static Map<String, Long> of(Map<String, String> metadata) {
        Map<String, Long> counts = new HashMap<>();
        try {
            JsonNode folders = JSON.readTree(metadata.getOrDefault("ss_tag_frequency", "{}"));
            for (JsonNode folder : folders)
                for (Map.Entry<String, JsonNode> tag : folder.properties())
                    counts.merge(tag.getKey().strip(), tag.getValue().asLong(0), Long::sum);
        } catch (JacksonException e) {
            return Map.of();
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }
}
