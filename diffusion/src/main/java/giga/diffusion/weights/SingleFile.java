package giga.diffusion.weights;

import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Architecture.TextEncoder;
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
    /** What may stand between an OpenCLIP encoder's place and Hugging Face's names of it. */
    private static final List<String> HUGGING_FACE =
            List.of("transformer.text_model.", "model.text_model.", "text_model.");

    private SingleFile() {}

    /** The model, not yet held against its networks. */
    static Checkpoint open(Path path, OpenFiles files) {
        TensorFile file = files.open(path);
        TrainingConfig config = TrainingConfig.beside(path);
        Map<String, TensorEntry> stored = unwrapped(file.tensors(), config.averages());
        Family family = Kind.of(stored).family(path);
        Map<String, TensorEntry> tensors = internal(stored, family);
        Architecture unread = FamilyArchitecture.of(family, tensors, Prediction.EPS, false);
        for (TextEncoder encoder : unread.textEncoders()) {
            if (encoder.layout() == TextEncoder.Layout.OPEN_CLIP && !has(tensors, encoder.prefix() + "transformer.")) {
                tensors.keySet().removeIf(name -> name.startsWith(encoder.prefix()));
                tensors.putAll(fromHuggingFace(path, stored, encoder.prefix(), files));
            }
        }
        PredictionHints hints = new PredictionHints(path, stored.keySet(), file.metadata());
        PredictionHints.Told told = config.prediction()
                .map(prediction -> new PredictionHints.Told(prediction, PredictionSource.CONFIGURATION))
                .or(hints::told)
                .orElse(new PredictionHints.Told(
                        Prediction.EPS, family == Family.SD2 ? PredictionSource.UNKNOWN : PredictionSource.FAMILY));
        Architecture architecture = FamilyArchitecture.of(family, tensors, told.prediction(), hints.zeroTerminalSnr());
        return new Checkpoint(
                path,
                architecture.with(architecture.autoencoder(), config.latentScale(architecture.latentScale())),
                told.source(),
                tensors,
                Optional.empty(),
                files);
    }

    /** A file's tensors under the names of a checkpoint, also of those that its trainer or saver changed. */
    static Map<String, TensorEntry> unwrapped(Map<String, TensorEntry> stored, boolean averages) {
        return Averages.used(Wrapping.removed(stored), averages);
    }

    /** What the networks read, under internal names; averages, schedules and other leftovers of training are dropped. */
    private static Map<String, TensorEntry> internal(Map<String, TensorEntry> tensors, Family family) {
        Map<String, TensorEntry> internal = new LinkedHashMap<>();
        tensors.forEach((name, entry) -> {
            String renamed = OLD_TEXT.matcher(name).replaceFirst(Parts.TEXT);
            if (family == Family.SD2 && renamed.startsWith(Parts.REFINER_TEXT)) {
                // SD 2.1 Turbo stands in the layout of SDXL.
                renamed = Parts.OPEN_TEXT + renamed.substring(Parts.REFINER_TEXT.length());
            }
            if (Parts.isRead(renamed)) {
                TensorEntry named = Parts.rename(entry, renamed);
                internal.putIfAbsent(
                        renamed, renamed.startsWith(Parts.KL) ? AutoencoderNames.asConvolution(named) : named);
            }
        });
        return internal;
    }

    private static Map<String, TensorEntry> fromHuggingFace(
            Path path, Map<String, TensorEntry> stored, String prefix, OpenFiles files) {
        String place = prefix.substring(0, prefix.length() - "model.".length());
        Map<String, TensorEntry> encoder = new LinkedHashMap<>();
        stored.forEach((name, entry) -> {
            for (String names : HUGGING_FACE) {
                if (name.startsWith(place + names)) {
                    encoder.put(name.substring(place.length() + names.length()), entry);
                }
            }
            for (String above : List.of("transformer.", "model.", "")) {
                if (name.equals(place + above + "text_projection.weight")) {
                    encoder.put("text_projection.weight", entry);
                }
            }
        });
        return OpenClipNames.internal(path, encoder, prefix, files);
    }

    private static boolean has(Map<String, TensorEntry> tensors, String prefix) {
        return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }
}
