package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Architecture.TextEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A folder as diffusers' {@code StableDiffusionPipeline} saves it: a folder per part, each with config.json and weights. */
final class DiffusersFolder {
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
        for (String part : List.of("unet", "text_encoder")) {
            if (!Files.isDirectory(path.resolve(part))) {
                throw new ModelException(("%s: it has no folder %s, so it is not a diffusers model;"
                                + " name a .safetensors file or a folder with unet, vae and text_encoder.")
                        .formatted(path, part));
            }
        }
        if (withAutoencoder && !Files.isDirectory(path.resolve("vae"))) {
            throw new ModelException("%s: it has no folder vae; --vae FILE gives it an autoencoder.".formatted(path));
        }
        Config unet = Config.read(path.resolve("unet/config.json"));
        Config text = Config.read(path.resolve("text_encoder/config.json"));
        Config scheduler = Config.read(path.resolve("scheduler/scheduler_config.json"));
        FolderLimits.check(path, unet, text, scheduler);

        Map<String, TensorEntry> unetWeights = weights("unet", "diffusion_pytorch_model");
        DiffusersUNetNames unetNames = new DiffusersUNetNames(unetWeights.keySet());
        add(unetWeights, name -> unetNames.map(name).map(Parts.UNET::concat));
        add(weights("text_encoder", "model"), DiffusersFolder::textName);
        Architecture architecture = architecture(unet, text, scheduler);
        if (withAutoencoder) {
            architecture = addAutoencoder(architecture);
        }
        return new Checkpoint(path, architecture, true, tensors, tokenizer(), files);
    }

    private Architecture addAutoencoder(Architecture architecture) {
        Path folder = path.resolve("vae");
        Config vae = Config.read(folder.resolve("config.json"));
        FolderLimits.checkAutoencoder(vae);
        vae.requireOrAbsent("latent_channels", String.valueOf(architecture.latentChannels()));
        tensors.putAll(AutoencoderNames.internal(folder, weights("vae", "diffusion_pytorch_model")));
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

    private static Optional<String> textName(String name) {
        String below = name.startsWith("text_model.") ? name.substring("text_model.".length()) : name;
        boolean text = below.startsWith("embeddings.")
                || below.startsWith("encoder.")
                || below.startsWith("final_layer_norm.");
        return text ? Optional.of(Parts.TEXT + below) : Optional.empty();
    }

    private Map<String, TensorEntry> weights(String part, String stem) {
        return WeightFiles.open(path.resolve(part), stem, files);
    }

    private Optional<Path> tokenizer() {
        return Optional.of(path.resolve("tokenizer")).filter(Files::isDirectory);
    }

    private Architecture architecture(Config unet, Config text, Config scheduler) {
        return new Architecture(
                Family.SD1,
                prediction(scheduler),
                false,
                new Heads.Count(heads(unet)),
                Autoencoder.KL,
                unet.whole("in_channels", 4),
                FamilyArchitecture.latentScale(Family.SD1, Autoencoder.KL),
                List.of(new TextEncoder(
                        TextEncoder.Layout.CLIP, Parts.TEXT, text.whole("num_attention_heads", 12), activation(text))),
                scheduler.number("beta_start", 0.00085),
                scheduler.number("beta_end", 0.012));
    }

    private static Prediction prediction(Config scheduler) {
        String name = scheduler.text("prediction_type", "epsilon");
        return switch (name) {
            case "epsilon" -> Prediction.EPS;
            case "v_prediction" -> Prediction.V;
            default -> throw scheduler.unsupported("prediction_type", name, "epsilon and v_prediction");
        };
    }

    private static Activation activation(Config text) {
        String name = text.text("hidden_act", "quick_gelu");
        return switch (name) {
            case "quick_gelu" -> Activation.QUICK_GELU;
            case "gelu" -> Activation.GELU;
            default -> throw text.unsupported("hidden_act", name, "quick_gelu and gelu");
        };
    }

    /** diffusers stores the number of heads under the name attention_head_dim. */
    private static int heads(Config unet) {
        List<Integer> heads =
                unet.wholes(unet.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim", 8);
        if (heads.stream().distinct().count() != 1) {
            throw unet.unsupported("attention_head_dim", heads.toString(), "the same number of heads at every level");
        }
        return heads.getFirst();
    }
}
