package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Prediction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Stable Diffusion model, memory-mapped: a single-file checkpoint or a diffusers folder. Whatever the layout on disk, tensors have the names of the single-file layout:
 *
 * <ul>
 *   <li>{@code model.diffusion_model.…} the UNet
 *   <li>{@code first_stage_model.…} the autoencoder, where it is AutoencoderKL
 *   <li>{@code taesd_encoder.<layer>…}, {@code taesd_decoder.<layer>…} the autoencoder, where it is AutoencoderTiny, in
 *       the numbering of TAESD's own files
 *   <li>the text encoders, below the prefixes that the {@link Architecture} gives
 * </ul>
 *
 * <p>Entries are valid until {@link #close}. Safe for use by several threads.
 */
public final class Checkpoint implements AutoCloseable {
    private final Path path;
    private final Architecture architecture;
    private final Map<String, TensorEntry> tensors;
    private final Optional<Path> tokenizerFolder;
    private final OpenFiles files;
    private final PredictionSource predictionSource;
    private final Optional<Path> vae;

    Checkpoint(
            Path path,
            Architecture architecture,
            PredictionSource predictionSource,
            Map<String, TensorEntry> tensors,
            Optional<Path> tokenizerFolder,
            OpenFiles files) {
        this(path, architecture, predictionSource, tensors, tokenizerFolder, files, Optional.empty());
    }

    private Checkpoint(
            Path path,
            Architecture architecture,
            PredictionSource predictionSource,
            Map<String, TensorEntry> tensors,
            Optional<Path> tokenizerFolder,
            OpenFiles files,
            Optional<Path> vae) {
        this.path = path;
        this.architecture = architecture;
        this.predictionSource = predictionSource;
        this.tensors = Map.copyOf(tensors);
        this.tokenizerFolder = tokenizerFolder;
        this.files = files;
        this.vae = vae;
    }

    /**
     * @param path a {@code .safetensors} file or a diffusers folder
     * @throws ModelException where the model is damaged, incomplete or of a family that is not supported
     */
    public static Checkpoint open(Path path) {
        return open(path, ModelOptions.NONE);
    }

    /**
     * The same with what the user tells. Without an autoencoder in the options a file {@code NAME.vae.safetensors} beside
     * the single file {@code NAME.safetensors} takes the place of its own, as A1111 has it.
     *
     * @throws ModelException also where the autoencoder does not fit the model
     */
    public static Checkpoint open(Path path, ModelOptions options) {
        Optional<Path> vae = options.vae().or(() -> ExternalAutoencoder.beside(path));
        OpenFiles files = new OpenFiles();
        try {
            Checkpoint model = Files.isDirectory(path)
                    ? DiffusersFolder.open(path, vae.isEmpty(), files)
                    : SingleFile.open(path, files);
            if (vae.isPresent()) {
                model = model.with(ExternalAutoencoder.open(vae.get(), files));
            }
            if (options.prediction().isPresent()) {
                model = model.with(options.prediction().get());
            }
            Blueprint.checkAll(model, model.tensors);
            return model;
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    private Checkpoint with(ExternalAutoencoder other) {
        other.checkFits(path, architecture.latentChannels());
        Map<String, TensorEntry> all = new HashMap<>(tensors);
        all.keySet().removeIf(Parts::isAutoencoder);
        all.putAll(other.tensors());
        double scale = other.kind() == architecture.autoencoder()
                ? architecture.latentScale()
                : FamilyArchitecture.latentScale(architecture.family(), other.kind());
        return new Checkpoint(
                path,
                architecture.with(other.kind(), scale),
                predictionSource,
                all,
                tokenizerFolder,
                files,
                Optional.of(other.path()));
    }

    private Checkpoint with(Prediction prediction) {
        return new Checkpoint(
                path, architecture.predicting(prediction), PredictionSource.USER, tensors, tokenizerFolder, files, vae);
    }

    public Architecture architecture() {
        return architecture;
    }

    /** Whether the prediction is known; else the UNet must be asked, for SD 2 has both and its files do not say which. */
    public boolean predictionTold() {
        return predictionSource != PredictionSource.UNKNOWN;
    }

    public PredictionSource predictionSource() {
        return predictionSource;
    }

    public Set<String> names() {
        return tensors.keySet();
    }

    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** @throws ModelException where there is no tensor of this name */
    public TensorEntry get(String name) {
        TensorEntry entry = tensors.get(name);
        if (entry == null) {
            throw new ModelException(
                    "%s: the tensor %s is missing; download the whole model again.".formatted(path, Names.show(name)));
        }
        return entry;
    }

    /** Where the autoencoder is from, if not from the model itself. */
    public Optional<Path> vae() {
        return vae;
    }

    /** The folder with vocab.json and merges.txt; single files have none and use CLIP's vocabulary. */
    public Optional<Path> tokenizerFolder() {
        return tokenizerFolder;
    }

    /** Bytes of all tensors under {@link #names}, as stored. */
    public long bytes() {
        return tensors.values().stream()
                .mapToLong(entry -> entry.data().byteSize())
                .sum();
    }

    /** What people call the model: its file's name without the suffix, or its folder's name. */
    public String name() {
        return name(path);
    }

    static String name(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? path.toString() : last.toString().replaceFirst("(?i)\\.(safetensors|ckpt|pt)$", "");
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        files.close();
    }
}
