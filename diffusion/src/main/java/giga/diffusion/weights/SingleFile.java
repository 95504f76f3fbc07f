package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Architecture.TextEncoder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Single-file checkpoints of SD 1.x in the layout of CompVis's latent-diffusion. */
final class SingleFile {
    private static final Pattern OLD_TEXT =
            Pattern.compile("^cond_stage_model\\.transformer\\.(?=embeddings\\.|encoder\\.|final_layer_norm\\.)");
    private static final int UNET_HEADS = 8;
    private static final int TEXT_HEAD_WIDTH = 64;

    private SingleFile() {}

    static Checkpoint open(Path path) {
        SafetensorsFile file = SafetensorsFile.open(path);
        try {
            Kind.of(file.tensors()).refuseUnlessSupported(path);
            Map<String, TensorEntry> tensors = internal(file.tensors());
            Architecture architecture = architecture(path, tensors, file.metadata());
            Checkpoint checkpoint = new Checkpoint(path, architecture, tensors, Optional.empty(), List.of(file));
            Blueprint.checkAll(checkpoint, tensors);
            return checkpoint;
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

    private static Architecture architecture(
            Path path, Map<String, TensorEntry> tensors, Map<String, String> metadata) {
        return new Architecture(
                Family.SD1,
                prediction(path, metadata),
                false,
                new Heads.Count(UNET_HEADS),
                Autoencoder.KL,
                side(tensors, Parts.FIRST_CONV),
                0.18215,
                List.of(new TextEncoder(
                        TextEncoder.Layout.CLIP,
                        Parts.TEXT,
                        Math.max(1, side(tensors, Parts.TOKENS) / TEXT_HEAD_WIDTH),
                        Activation.QUICK_GELU)),
                0.00085,
                0.012);
    }

    /** Input channels, or 1 where a damaged file does not tell; its tensors are held against this later. */
    private static int side(Map<String, TensorEntry> tensors, String name) {
        TensorEntry entry = tensors.get(name);
        boolean told = entry != null && entry.shape().size() > 1;
        return told ? (int) Math.clamp(entry.shape().get(1), 1, 1 << 20) : 1;
    }

    private static Prediction prediction(Path path, Map<String, String> metadata) {
        String written = metadata.getOrDefault("modelspec.prediction_type", "epsilon");
        return switch (written) {
            case "epsilon", "eps" -> Prediction.EPS;
            case "v", "v_prediction" -> Prediction.V;
            default ->
                throw new ModelException(
                        "%s: its metadata names the prediction type %s; only epsilon and v are supported."
                                .formatted(path, Names.show(written)));
        };
    }
}
