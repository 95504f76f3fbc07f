package giga.diffusion.lora;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hugging Face's PEFT writes no alpha beside the matrices, but for the whole file: in the header's
 * {@code lora_adapter_metadata}, one name space for each network, or in {@code adapter_config.json} beside the file.
 */
record PeftConfig(JsonNode root) {
    private static final String IN_HEADER = "lora_adapter_metadata";
    private static final String BESIDE = "adapter_config.json";
    private static final int MOST_BYTES = 16 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    /** @throws ModelException where it is there and is no JSON object */
    static PeftConfig of(Path file, Map<String, String> metadata) {
        String inHeader = metadata.get(IN_HEADER);
        if (inHeader != null) return parse(IN_HEADER, inHeader.getBytes(StandardCharsets.UTF_8));
        Path beside = file.resolveSibling(BESIDE);
        boolean adapter = file.getFileName().toString().startsWith("adapter_model.");
        if (!adapter || !Files.isRegularFile(beside)) return new PeftConfig(JSON.createObjectNode());
        try (InputStream in = Files.newInputStream(beside)) {
            return parse(BESIDE, in.readNBytes(MOST_BYTES));
        } catch (IOException e) {
            throw new ModelException("%s cannot be read (%s).".formatted(beside, e.getMessage()), e);
        }
    }

    private static PeftConfig parse(String what, byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (!root.isObject()) throw new ModelException("its %s is not a JSON object.".formatted(what));
            return new PeftConfig(root);
        } catch (JacksonException e) {
            throw new ModelException("its %s is not JSON.".formatted(what), e);
        }
    }

    /**
     * Alpha / rank, or alpha / √rank where "rank-stabilised" (Kalajdzievski, arXiv 2312.03732).
     *
     * @param path of the module as the file writes it, such as {@code unet.mid_block.attentions.0.proj_in}
     */
    OptionalDouble scale(String path, long rank) {
        String plain = path.startsWith("base_model.model.") ? path.substring("base_model.model.".length()) : path;
        int dot = plain.indexOf('.');
        String network = dot < 0 ? "" : plain.substring(0, dot + 1);
        boolean stabilised =
                field(network, "use_rslora").map(flag -> flag.asBoolean(false)).orElse(false);
        return alpha(plain.substring(network.length()), network)
                .map(alpha -> OptionalDouble.of(alpha / (stabilised ? Math.sqrt(rank) : rank)))
                .orElse(OptionalDouble.empty());
    }

    private Optional<Double> alpha(String module, String network) {
        Optional<JsonNode> own = field(network, "alpha_pattern")
                .flatMap(patterns -> patterns.properties().stream()
                        .filter(pattern -> module.equals(pattern.getKey()) || module.endsWith("." + pattern.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst());
        return own.or(() -> field(network, "lora_alpha"))
                .filter(JsonNode::isNumber)
                .map(alpha -> alpha.asDouble(Double.NaN))
                .filter(Double::isFinite);
    }

    private Optional<JsonNode> field(String network, String name) {
        return root.optional(network + name).or(() -> root.optional(name));
    }
}
