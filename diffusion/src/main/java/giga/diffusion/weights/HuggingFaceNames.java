package giga.diffusion.weights;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tensors of OpenCLIP's text encoders in Hugging Face's names: the way back of {@link OpenClipNames}. */
final class HuggingFaceNames {
    private static final String TEXT = "text_model.";
    private static final Pattern LAYER = Pattern.compile("transformer\\.resblocks\\.(\\d{1,3})\\.(.+)");
    private static final Pattern JOINED = Pattern.compile("attn\\.in_proj_(weight|bias)");
    private static final List<String> PROJECTIONS = List.of("q_proj", "k_proj", "v_proj");

    private HuggingFaceNames() {}

    /** One tensor's, or its three thirds', names and data; leftovers that have no place there come to nothing. */
    static List<TensorEntry> of(TensorEntry entry, String prefix, OpenFiles memory) {
        String name = entry.name().substring(prefix.length());
        if (name.equals("text_projection")) {
            MemorySegment turned = memory.allocate(entry.data().byteSize());
            Transposed.copy(entry, turned);
            return List.of(new TensorEntry(
                    "text_projection.weight", entry.dtype(), entry.shape().reversed(), turned));
        }
        Matcher layer = LAYER.matcher(name);
        if (layer.matches()) {
            return inLayer(entry, TEXT + "encoder.layers." + layer.group(1) + ".", layer.group(2));
        }
        return OpenClipNames.OUTSIDE.entrySet().stream()
                .filter(names -> names.getValue().equals(name))
                .map(Map.Entry::getKey)
                .map(outside -> Parts.rename(entry, TEXT + outside))
                .toList();
    }

    private static List<TensorEntry> inLayer(TensorEntry entry, String layer, String name) {
        Matcher joined = JOINED.matcher(name);
        if (joined.matches()) {
            return thirds(entry, layer + "self_attn.%s." + joined.group(1));
        }
        return OpenClipNames.IN_LAYER.entrySet().stream()
                .filter(names -> name.startsWith(names.getValue() + "."))
                .map(names -> names.getKey() + name.substring(names.getValue().length()))
                .map(inside -> Parts.rename(entry, layer + inside))
                .toList();
    }

    private static List<TensorEntry> thirds(TensorEntry entry, String name) {
        List<Long> shape = new ArrayList<>(entry.shape());
        shape.set(0, shape.getFirst() / 3);
        long bytes = entry.data().byteSize() / 3;
        List<TensorEntry> thirds = new ArrayList<>();
        for (int i = 0; i < PROJECTIONS.size(); i++) {
            thirds.add(new TensorEntry(
                    name.formatted(PROJECTIONS.get(i)),
                    entry.dtype(),
                    shape,
                    entry.data().asSlice(i * bytes, bytes)));
        }
        return thirds;
    }
}
