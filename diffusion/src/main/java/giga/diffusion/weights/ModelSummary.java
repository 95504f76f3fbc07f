package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model file is and holds, also where it cannot be used.
 *
 * @param name what people call it
 * @param kind "Stable Diffusion 1", "a LoRA", …
 * @param architecture only of models that can be used
 * @param parts what lies in it, in the order of the file
 * @param bytes of all its weights, as stored
 * @param metadata what its maker wrote into it; empty for folders
 * @param vae where its autoencoder is from, if not from itself
 * @param prediction how it is known what its UNet predicts; only of models that can be used
 * @param refusal why it cannot be used, as a sentence; empty where it can
 */
public record ModelSummary(
        String name,
        String kind,
        Optional<Architecture> architecture,
        List<Part> parts,
        long bytes,
        Map<String, String> metadata,
        Optional<Path> vae,
        Optional<PredictionSource> prediction,
        Optional<String> refusal) {
    public ModelSummary {
        parts = List.copyOf(parts);
        metadata = Map.copyOf(metadata);
    }

    /**
     * @param name of the part
     * @param tensors how many
     * @param parameters how many numbers, all tensors together
     * @param dtypes the formats in which they are stored
     */
    public record Part(String name, long tensors, long parameters, Set<DType> dtypes, long bytes) {
        public Part {
            dtypes = Set.copyOf(dtypes);
        }
    }

    /** Whether more can be told of it as an upscaler. */
    public boolean isUpscaler() {
        return kind.equals(Kind.UPSCALER.title());
    }

    /** Whether more can be told of it as a LoRA. */
    public boolean isLora() {
        return kind.equals(Kind.LORA.title());
    }

    /** Whether more can be told of it as a textual inversion. */
    public boolean isEmbedding() {
        return kind.equals(Kind.EMBEDDING.title());
    }

    /** Whether it is no model by itself, but replaces a part of one. */
    public boolean isAutoencoder() {
        return kind.equals(Kind.AUTOENCODER.title()) || kind.equals(Kind.TINY_AUTOENCODER.title());
    }

    /** @throws ModelException where the file cannot be read at all */
    public static ModelSummary of(Path path) {
        return Files.isDirectory(path) ? ofFolder(path) : ofFile(path);
    }

    private static ModelSummary ofFolder(Path path) {
        try (Checkpoint model = Checkpoint.open(path)) {
            List<TensorEntry> tensors = model.names().stream().map(model::get).toList();
            return new ModelSummary(
                    model.name(),
                    Kind.of(model.architecture().family()).title() + ", diffusers folder",
                    Optional.of(model.architecture()),
                    parts(tensors),
                    model.bytes(),
                    Map.of(),
                    model.vae(),
                    Optional.of(model.predictionSource()),
                    Optional.empty());
        } catch (ModelException e) {
            return new ModelSummary(
                    Checkpoint.name(path),
                    "a folder",
                    Optional.empty(),
                    List.of(),
                    0,
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(e.getMessage()));
        }
    }

    private static ModelSummary ofFile(Path path) {
        try (TensorFile file = TensorFile.open(path)) {
            Collection<TensorEntry> tensors = file.tensors().values();
            Optional<Architecture> architecture = Optional.empty();
            Optional<Path> vae = Optional.empty();
            Optional<PredictionSource> prediction = Optional.empty();
            Optional<String> refusal = Optional.empty();
            try (Checkpoint model = Checkpoint.open(path)) {
                architecture = Optional.of(model.architecture());
                vae = model.vae();
                prediction = Optional.of(model.predictionSource());
            } catch (ModelException e) {
                refusal = Optional.of(e.getMessage());
            }
            return new ModelSummary(
                    Checkpoint.name(path),
                    Kind.of(SingleFile.unwrapped(file.tensors(), false)).title(),
                    architecture,
                    parts(tensors),
                    tensors.stream().mapToLong(entry -> entry.data().byteSize()).sum(),
                    file.metadata(),
                    vae,
                    prediction,
                    refusal);
        }
    }

    private static List<Part> parts(Collection<TensorEntry> tensors) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (TensorEntry entry : tensors) {
            Part one = new Part(
                    part(entry.name()),
                    1,
                    entry.elements(),
                    EnumSet.of(entry.dtype()),
                    entry.data().byteSize());
            parts.merge(one.name(), one, ModelSummary::sum);
        }
        return List.copyOf(parts.values());
    }

    private static Part sum(Part a, Part b) {
        Set<DType> dtypes = EnumSet.copyOf(a.dtypes());
        dtypes.addAll(b.dtypes());
        return new Part(
                a.name(), a.tensors() + b.tensors(), a.parameters() + b.parameters(), dtypes, a.bytes() + b.bytes());
    }

    private static String part(String tensor) {
        if (tensor.startsWith(Parts.UNET)) {
            return "UNet";
        }
        if (tensor.startsWith(Parts.KL) || tensor.startsWith("taesd_")) {
            return "autoencoder";
        }
        if (tensor.startsWith("cond_stage_model.") || tensor.startsWith("conditioner.")) {
            return "text encoder";
        }
        return tensor.startsWith("model_ema.") ? "average of the UNet, not used" : "other";
    }
}
