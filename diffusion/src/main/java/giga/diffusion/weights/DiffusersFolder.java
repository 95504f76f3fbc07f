package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.TextEncoder.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A folder as diffusers' {@code StableDiffusionPipeline} and {@code StableDiffusionXLPipeline} save it: a folder per part,
 * each with config.json and weights.
 */
final class DiffusersFolder {
    private static final Pattern TEXT = Pattern.compile("(embeddings|encoder|final_layer_norm)\\..*");

    private final Path path;
    private final OpenFiles files;
    private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();

    private DiffusersFolder(Path path, OpenFiles files) {
        this.path = path;
        this.files = files;
    }

    /**
     * The model, not yet held against its networks.
     *
     * @param withAutoencoder else another will take its place, and there need be none
     */
    static Checkpoint open(Path path, boolean withAutoencoder, OpenFiles files) {
        return new DiffusersFolder(path, files).open(withAutoencoder);
    }

    private Checkpoint open(boolean withAutoencoder) {
        require(FolderPart.UNET);
        if (!FolderPart.TEXT.isIn(path) && !FolderPart.TEXT_2.isIn(path)) {
            require(FolderPart.TEXT);
        }
        if (withAutoencoder && !FolderPart.VAE.isIn(path)) {
            throw new ModelException("%s: it has no folder vae; --vae FILE gives it an autoencoder.".formatted(path));
        }
        Config unet = Config.read(FolderPart.UNET.config(path));
        Family family = FolderArchitecture.family(path, unet);
        List<FolderPart> texts = FolderPart.texts(family);
        texts.forEach(this::require);
        List<Config> textConfigs =
                texts.stream().map(part -> Config.read(part.config(path))).toList();
        Config scheduler = Config.read(path.resolve("scheduler/scheduler_config.json"));
        FolderLimits.check(path, family, unet, textConfigs, scheduler);

        Map<String, TensorEntry> unetWeights = weights(FolderPart.UNET);
        DiffusersUNetNames unetNames = new DiffusersUNetNames(unetWeights.keySet());
        add(unetWeights, name -> unetNames.map(name).map(Parts.UNET::concat));
        for (int i = 0; i < texts.size(); i++) {
            addText(texts.get(i), family, textConfigs.get(i));
        }
        Architecture architecture = FolderArchitecture.of(family, unet, textConfigs, scheduler);
        if (withAutoencoder) {
            architecture = addAutoencoder(architecture);
        }
        return new Checkpoint(path, architecture, PredictionSource.CONFIGURATION, tensors, tokenizer(), files);
    }

    private void require(FolderPart part) {
        if (!part.isIn(path)) {
            throw new ModelException(("%s: it has no folder %s, so it is not a whole diffusers model;"
                            + " name a .safetensors file or a folder with unet, vae and text_encoder.")
                    .formatted(path, part.folder()));
        }
    }

    private void addText(FolderPart part, Family family, Config config) {
        Map<String, TensorEntry> stored = weights(part);
        String prefix = part.prefix(family);
        if (part.layout(family) == Layout.CLIP) {
            add(
                    stored,
                    name -> Optional.of(name.startsWith("text_model.") ? name.substring("text_model.".length()) : name)
                            .filter(below -> TEXT.matcher(below).matches())
                            .map(prefix::concat));
            return;
        }
        Map<String, TensorEntry> encoder = OpenClipNames.internal(part.in(path), stored, prefix, files);
        if (family == Family.SD2 && OpenClipNames.layers(encoder, prefix) <= config.whole("num_hidden_layers", 23)) {
            // All layers are read: a projection, which stands behind one that is not, would be misunderstood.
            encoder.remove(prefix + "text_projection");
        }
        tensors.putAll(encoder);
    }

    private Architecture addAutoencoder(Architecture architecture) {
        Config vae = Config.read(FolderPart.VAE.config(path));
        FolderLimits.checkAutoencoder(vae);
        vae.requireOrAbsent("latent_channels", String.valueOf(architecture.latentChannels()));
        tensors.putAll(AutoencoderNames.internal(FolderPart.VAE.in(path), weights(FolderPart.VAE)));
        Autoencoder kind = vae.text("_class_name", "").equals("AutoencoderTiny") ? Autoencoder.TINY : Autoencoder.KL;
        double scale = FamilyArchitecture.latentScale(architecture.family(), kind);
        return architecture.with(kind, vae.number("scaling_factor", scale));
    }

    private void add(Map<String, TensorEntry> weights, Function<String, Optional<String>> internalName) {
        weights.forEach((name, entry) -> internalName
                .apply(name)
                .filter(Parts::isRead)
                .ifPresent(internal -> {
                    if (tensors.put(internal, Parts.rename(entry, internal)) != null) {
                        throw new ModelException("%s: two tensors stand for %s.".formatted(path, Names.show(internal)));
                    }
                }));
    }

    private Map<String, TensorEntry> weights(FolderPart part) {
        return WeightFiles.open(part.in(path), part.stem(), files);
    }

    private Optional<Path> tokenizer() {
        return Optional.of(path.resolve("tokenizer")).filter(Files::isDirectory);
    }
}
