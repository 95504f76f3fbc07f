package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenCLIP's text encoders that were stored in Hugging Face's names, brought to OpenCLIP's own: query, key and value
 * become one matrix, and the projection, which is stored for the other side of the product, is transposed.
 */
final class OpenClipNames {
    private static final Pattern LAYER = Pattern.compile("encoder\\.layers\\.(\\d{1,3})\\.(.+)");
    private static final Pattern QUERY = Pattern.compile("(.*)self_attn\\.q_proj\\.(weight|bias)");

    static final Map<String, String> IN_LAYER = Map.of(
            "layer_norm1", "ln_1",
            "layer_norm2", "ln_2",
            "mlp.fc1", "mlp.c_fc",
            "mlp.fc2", "mlp.c_proj",
            "self_attn.out_proj", "attn.out_proj");
    static final Map<String, String> OUTSIDE = Map.of(
            "embeddings.token_embedding.weight", "token_embedding.weight",
            "embeddings.position_embedding.weight", "positional_embedding",
            "final_layer_norm.weight", "ln_final.weight",
            "final_layer_norm.bias", "ln_final.bias");

    /** More than any real encoder's; keeps a hostile file from costing memory. */
    private static final long LARGEST_SIDE = 8192;

    private final Path path;
    private final String prefix;
    private final OpenFiles files;
    private final Map<String, TensorEntry> internal = new LinkedHashMap<>();

    private OpenClipNames(Path path, String prefix, OpenFiles files) {
        this.path = path;
        this.prefix = prefix;
        this.files = files;
    }

    /**
     * @param stored in Hugging Face's names, with or without {@code text_model.}; what has no place in the other layout is
     *     left out, and found missing later if it is needed
     * @param prefix of the names that come out
     * @param files hold the tensors that are new
     * @throws ModelException where parts of a matrix do not fit each other
     */
    static Map<String, TensorEntry> internal(
            Path path, Map<String, TensorEntry> stored, String prefix, OpenFiles files) {
        OpenClipNames names = new OpenClipNames(path, prefix, files);
        Map<String, TensorEntry> below = new LinkedHashMap<>();
        stored.forEach((name, entry) ->
                below.put(name.startsWith("text_model.") ? name.substring("text_model.".length()) : name, entry));
        below.forEach((name, entry) -> names.add(name, entry, below));
        return names.internal;
    }

    /** How many layers an encoder has. */
    static int layers(Map<String, TensorEntry> encoder, String prefix) {
        int layers = 0;
        while (encoder.containsKey(prefix + "transformer.resblocks." + layers + ".ln_1.weight")) {
            layers++;
        }
        return layers;
    }

    private void add(String name, TensorEntry entry, Map<String, TensorEntry> all) {
        Matcher query = QUERY.matcher(name);
        Matcher layer = LAYER.matcher(name);
        if (OUTSIDE.containsKey(name)) {
            put(OUTSIDE.get(name), entry.shape(), entry);
        } else if (name.equals("text_projection.weight")) {
            transpose(entry);
        } else if (query.matches() && layer.matches()) {
            TensorEntry key = all.get(query.group(1) + "self_attn.k_proj." + query.group(2));
            TensorEntry value = all.get(query.group(1) + "self_attn.v_proj." + query.group(2));
            if (key != null && value != null) {
                join(
                        "transformer.resblocks.%s.attn.in_proj_%s".formatted(layer.group(1), query.group(2)),
                        List.of(entry, key, value));
            }
        } else if (layer.matches()) {
            DiffusersUNetNames.renamed(IN_LAYER, layer.group(2))
                    .ifPresent(inside ->
                            put("transformer.resblocks.%s.%s".formatted(layer.group(1), inside), entry.shape(), entry));
        }
    }

    private boolean isTooLarge(TensorEntry entry) {
        return entry.shape().stream().anyMatch(side -> side > LARGEST_SIDE);
    }

    private void put(String name, List<Long> shape, TensorEntry data) {
        internal.put(prefix + name, new TensorEntry(prefix + name, data.dtype(), shape, data.data()));
    }

    private void join(String name, List<TensorEntry> parts) {
        TensorEntry first = parts.getFirst();
        if (first.shape().isEmpty()
                || isTooLarge(first)
                || parts.stream()
                        .anyMatch(part ->
                                part.dtype() != first.dtype() || !part.shape().equals(first.shape()))) {
            throw new ModelException("%s: query, key and value of %s do not fit each other; get the model anew."
                    .formatted(path, Names.show(prefix + name)));
        }
        MemorySegment joined = files.allocate(parts.size() * first.data().byteSize());
        long at = 0;
        for (TensorEntry part : parts) {
            MemorySegment.copy(part.data(), 0, joined, at, part.data().byteSize());
            at += part.data().byteSize();
        }
        List<Long> shape = new ArrayList<>(first.shape());
        shape.set(0, 3 * shape.getFirst());
        internal.put(prefix + name, new TensorEntry(prefix + name, first.dtype(), shape, joined));
    }

    private void transpose(TensorEntry entry) {
        if (entry.shape().size() != 2 || isTooLarge(entry)) {
            throw new ModelException("%s: %s has the shape %s, which no projection has; get the model anew."
                    .formatted(path, Names.show(entry.name()), Names.shape(entry.shape())));
        }
        MemorySegment turned = files.allocate(entry.data().byteSize());
        Transposed.copy(entry, turned);
        internal.put(
                prefix + "text_projection",
                new TensorEntry(
                        prefix + "text_projection", entry.dtype(), entry.shape().reversed(), turned));
    }
}
