package giga.diffusion.weights;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Single-file checkpoints in the layout of CompVis's latent-diffusion and of Stability's generative-models. */
final class SingleFile {
    private static final Pattern OLD_TEXT =
            Pattern.compile("^cond_stage_model\\.transformer\\.(?=embeddings\\.|encoder\\.|final_layer_norm\\.)");

    private SingleFile() {}

    static Checkpoint open(Path path) {
        SafetensorsFile file = SafetensorsFile.open(path);
        try {
            Architecture.Family family = Kind.of(file.tensors()).family(path);
            Map<String, TensorEntry> tensors = internal(file.tensors());
            PredictionHints hints = new PredictionHints(path, file.tensors().keySet(), file.metadata());
            Architecture architecture = FamilyArchitecture.of(family, tensors, hints);
            return new Checkpoint(
                    path,
                    architecture,
                    family != Architecture.Family.SD2 || hints.told().isPresent(),
                    tensors,
                    Optional.empty(),
                    List.of(file));
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** What the networks read, under internal names; averages, schedules and other leftovers of training are dropped. */
    private static Map<String, TensorEntry> internal(Map<String, TensorEntry> tensors) {
        Map<String, TensorEntry> internal = new LinkedHashMap<>();
        tensors.forEach((name, entry) -> {
            String renamed = OLD_TEXT.matcher(name).replaceFirst("cond_stage_model.transformer.text_model.");
            if (Parts.isRead(renamed)) {
                internal.putIfAbsent(renamed, Parts.rename(entry, renamed));
            }
        });
        return internal;
    }
}
