package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An autoencoder's tensors under internal names, whoever named them. */
final class AutoencoderNames {
    private static final List<String> PREFIXES = List.of(Parts.KL, "vae.", "");

    private AutoencoderNames() {}

    /**
     * @param path named in messages
     * @param stored a file's tensors, of which any may belong to no autoencoder
     * @return empty where there is no autoencoder
     * @throws ModelException where two tensors stand for the same
     */
    static Map<String, TensorEntry> internal(Path path, Map<String, TensorEntry> stored) {
        for (String prefix : PREFIXES) {
            Map<String, TensorEntry> below = new LinkedHashMap<>();
            stored.forEach((name, entry) -> {
                if (name.startsWith(prefix)) {
                    below.put(name.substring(prefix.length()), entry);
                }
            });
            if (starts(below, "encoder.") && starts(below, "decoder.")) {
                return renamed(path, below, naming(below));
            }
        }
        return Map.of();
    }

    private static Function<String, Optional<String>> naming(Map<String, TensorEntry> tensors) {
        if (starts(tensors, "encoder.layers.")) {
            return DiffusersVaeNames::tiny;
        }
        if (starts(tensors, "encoder.down_blocks.")) {
            DiffusersVaeNames names = new DiffusersVaeNames(tensors.keySet());
            return name -> names.kl(name).map(Parts.KL::concat);
        }
        return name -> name.matches("(encoder|decoder|quant_conv|post_quant_conv)\\..*")
                ? Optional.of(Parts.KL + name)
                : Optional.empty();
    }

    private static Map<String, TensorEntry> renamed(
            Path path, Map<String, TensorEntry> tensors, Function<String, Optional<String>> naming) {
        Map<String, TensorEntry> internal = new LinkedHashMap<>();
        tensors.forEach((name, entry) -> naming.apply(name)
                .filter(Parts::isRead)
                .ifPresent(to -> {
                    if (internal.put(to, asConvolution(Parts.rename(entry, to))) != null) {
                        throw new ModelException("%s: two tensors stand for %s.".formatted(path, Names.show(to)));
                    }
                }));
        return internal;
    }

    /** The autoencoder's attention is stored as matrices by diffusers and as 1x1 convolutions in single files. */
    static TensorEntry asConvolution(TensorEntry entry) {
        List<Long> shape = entry.shape();
        boolean matrix = shape.size() == 2 && entry.name().contains(".mid.attn_1.");
        return matrix
                ? new TensorEntry(
                        entry.name(), entry.dtype(), List.of(shape.get(0), shape.get(1), 1L, 1L), entry.data())
                : entry;
    }

    private static boolean starts(Map<String, TensorEntry> tensors, String prefix) {
        return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }
}
