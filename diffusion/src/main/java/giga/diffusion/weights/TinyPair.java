package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** TAESD as its author stores it: two files side by side, the encoder's and the decoder's. */
final class TinyPair {
    private static final String ENCODER = "_encoder.safetensors";
    private static final String DECODER = "_decoder.safetensors";

    private TinyPair() {}

    static boolean isHalf(TensorFile file) {
        return Kind.of(file.tensors()) == Kind.TINY_AUTOENCODER;
    }

    /**
     * The whole autoencoder of which a half is open.
     *
     * @throws ModelException where the other half does not lie beside it
     */
    static Map<String, TensorEntry> withHalf(TensorFile half, OpenFiles files) {
        String name = half.path().getFileName().toString();
        boolean encoder = name.endsWith(ENCODER);
        String from = encoder ? ENCODER : DECODER;
        if (!encoder && !name.endsWith(DECODER)) {
            throw new ModelException(
                    "%s: it is half of a tiny autoencoder; name its files NAME%s and NAME%s and put them side by side."
                            .formatted(half.path(), ENCODER, DECODER));
        }
        String stem = name.substring(0, name.length() - from.length());
        Path other = half.path().resolveSibling(stem + (encoder ? DECODER : ENCODER));
        if (!Files.isRegularFile(other)) {
            throw new ModelException("%s: it is half of a tiny autoencoder; put %s beside it."
                    .formatted(half.path(), other.getFileName()));
        }
        TensorFile second = files.open(other);
        return encoder ? whole(half, second) : whole(second, half);
    }

    /** @throws ModelException where the folder has no pair or several */
    static Map<String, TensorEntry> in(Path folder, OpenFiles files) {
        List<Path> encoders;
        try (Stream<Path> all = Files.list(folder)) {
            encoders = all.filter(file -> file.getFileName().toString().endsWith(ENCODER))
                    .limit(2)
                    .toList();
        } catch (IOException e) {
            throw new ModelException("%s: it cannot be read (%s).".formatted(folder, e.getMessage()), e);
        }
        if (encoders.size() != 1) {
            throw new ModelException(
                    encoders.isEmpty()
                            ? "%s: it has no autoencoder; a VAE's folder has a config.json, or a pair NAME%s and NAME%s."
                                    .formatted(folder, ENCODER, DECODER)
                            : "%s: it has several tiny autoencoders; name the file of one of them.".formatted(folder));
        }
        return withHalf(files.open(encoders.getFirst()), files);
    }

    private static Map<String, TensorEntry> whole(TensorFile encoder, TensorFile decoder) {
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        put(encoder, Parts.TINY_ENCODER, tensors);
        put(decoder, Parts.TINY_DECODER, tensors);
        return tensors;
    }

    private static void put(TensorFile half, String prefix, Map<String, TensorEntry> tensors) {
        half.tensors().forEach((name, entry) -> tensors.put(prefix + name, Parts.rename(entry, prefix + name)));
    }
}
