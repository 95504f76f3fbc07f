package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Prediction;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's tensors as a single file has them; what the file could not tell of the model is refused. */
final class SingleFileTensors {
    /** CLIP's own; a single file has no other tokenizer. */
    private static final long VOCABULARY = 49408;

    private SingleFileTensors() {}

    /** @throws ModelException where the file would be read as another model */
    static List<TensorEntry> of(Checkpoint model) {
        Architecture architecture = model.architecture();
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        model.names().stream().sorted().forEach(name -> tensors.put(name, model.get(name)));
        if (architecture.autoencoder() == Autoencoder.TINY) {
            throw untold(model, "a tiny autoencoder");
        }
        Architecture told = FamilyArchitecture.of(
                architecture.family(), tensors, architecture.prediction(), architecture.zeroTerminalSnr());
        if (told.latentScale() != architecture.latentScale()
                || told.betaStart() != architecture.betaStart()
                || told.betaEnd() != architecture.betaEnd()) {
            throw untold(model, "another scale of latents or another schedule than its family's");
        }
        if (!told.textEncoders().equals(architecture.textEncoders()) || !sameHeads(model, told)) {
            throw untold(model, "other attention heads than its family's");
        }
        if (tensors.values().stream()
                .anyMatch(entry -> entry.name().endsWith("token_embedding.weight")
                        && entry.shape().getFirst() < VOCABULARY)) {
            throw untold(model, "a tokenizer of its own");
        }
        if (architecture.zeroTerminalSnr()) {
            tensors.put("ztsnr", marker("ztsnr"));
        }
        if (isSdxl(architecture.family()) && architecture.prediction() == Prediction.V) {
            tensors.put("v_pred", marker("v_pred"));
        }
        return new ArrayList<>(tensors.values());
    }

    /** The prediction, which SD 1 and 2 have no other place for; what is guessed is not written. */
    static Map<String, String> metadata(Checkpoint model) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        if (model.predictionTold()) {
            boolean velocity = model.architecture().prediction() == Prediction.V;
            metadata.put("modelspec.prediction_type", velocity ? "v" : "epsilon");
        }
        return metadata;
    }

    private static boolean sameHeads(Checkpoint model, Architecture told) {
        return model.names().stream()
                .filter(name -> name.startsWith(Parts.UNET) && name.endsWith(".proj_in.weight"))
                .map(name -> model.get(name).shape().getFirst())
                .distinct()
                .allMatch(channels -> sameHeads(model.architecture(), told, channels));
    }

    private static boolean sameHeads(Architecture a, Architecture b, long channels) {
        try {
            return a.heads().of(channels) == b.heads().of(channels);
        } catch (ModelException e) {
            return false;
        }
    }

    /** Of no size: it tells by its name alone. */
    private static TensorEntry marker(String name) {
        return new TensorEntry(name, DType.F32, List.of(0L), MemorySegment.NULL);
    }

    private static boolean isSdxl(Family family) {
        return family == Family.SDXL || family == Family.SDXL_REFINER;
    }

    private static ModelException untold(Checkpoint model, String what) {
        return new ModelException(
                "%s: it has %s, which a single file cannot tell; convert it to a folder (a name without .safetensors)."
                        .formatted(model.path(), what));
    }
}
