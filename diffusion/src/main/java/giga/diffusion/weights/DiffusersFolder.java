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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A folder as diffusers' {@code StableDiffusionPipeline} saves it: a folder per part, each with config.json and weights. */
final class DiffusersFolder {
    private final Path path;
    private final List<SafetensorsFile> files = new ArrayList<>();
    private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();

    private DiffusersFolder(Path path) {
        this.path = path;
    }

    static Checkpoint open(Path path) {
        DiffusersFolder folder = new DiffusersFolder(path);
        try {
            return folder.open();
        } catch (RuntimeException | Error e) {
            folder.files.forEach(SafetensorsFile::close);
            throw e;
        }
    }

    private Checkpoint open() {
        for (String part : List.of("unet", "vae", "text_encoder")) {
            if (!Files.isDirectory(path.resolve(part))) {
                throw new ModelException(("%s: it has no folder %s, so it is not a diffusers model;"
                                + " name a .safetensors file or a folder with unet, vae and text_encoder.")
                        .formatted(path, part));
            }
        }
        Config unet = Config.read(path.resolve("unet/config.json"));
        Config vae = Config.read(path.resolve("vae/config.json"));
        Config text = Config.read(path.resolve("text_encoder/config.json"));
        Config scheduler = Config.read(path.resolve("scheduler/scheduler_config.json"));
        FolderLimits.check(path, unet, vae, text, scheduler);
        Autoencoder autoencoder = autoencoder(vae);

        Map<String, TensorEntry> unetWeights = weights("unet", "diffusion_pytorch_model");
        DiffusersUNetNames unetNames = new DiffusersUNetNames(unetWeights.keySet());
        add(unetWeights, name -> unetNames.map(name).map(Parts.UNET::concat));
        Map<String, TensorEntry> vaeWeights = weights("vae", "diffusion_pytorch_model");
        DiffusersVaeNames vaeNames = new DiffusersVaeNames(vaeWeights.keySet());
        add(
                vaeWeights,
                autoencoder == Autoencoder.TINY
                        ? DiffusersVaeNames::tiny
                        : name -> vaeNames.kl(name).map(Parts.KL::concat));
        add(weights("text_encoder", "model"), DiffusersFolder::textName);
        Checkpoint checkpoint = new Checkpoint(
                path, architecture(unet, vae, text, scheduler, autoencoder), tensors, tokenizer(), files);
        Blueprint.checkAll(checkpoint, tensors);
        return checkpoint;
    }

    private void add(Map<String, TensorEntry> weights, Function<String, Optional<String>> internalName) {
        weights.forEach((name, entry) -> internalName
                .apply(name)
                .filter(Parts::isRead)
                .ifPresent(internal -> {
                    TensorEntry renamed = asConvolution(Parts.rename(entry, internal));
                    if (tensors.put(internal, renamed) != null) {
                        throw new ModelException("%s: two tensors stand for %s.".formatted(path, Names.show(internal)));
                    }
                }));
    }

    /** The autoencoder's attention is stored as matrices here and as 1x1 convolutions in single files. */
    private static TensorEntry asConvolution(TensorEntry entry) {
        boolean matrix = entry.shape().size() == 2
                && entry.name().startsWith(Parts.KL)
                && entry.name().contains(".mid.attn_1.");
        return matrix
                ? new TensorEntry(
                        entry.name(),
                        entry.dtype(),
                        List.of(entry.shape().get(0), entry.shape().get(1), 1L, 1L),
                        entry.data())
                : entry;
    }

    private static Optional<String> textName(String name) {
        String below = name.startsWith("text_model.") ? name.substring("text_model.".length()) : name;
        boolean text = below.startsWith("embeddings.")
                || below.startsWith("encoder.")
                || below.startsWith("final_layer_norm.");
        return text ? Optional.of(Parts.TEXT + below) : Optional.empty();
    }

    private Map<String, TensorEntry> weights(String part, String stem) {
        Map<String, TensorEntry> all = new LinkedHashMap<>();
        for (Path shard : WeightFiles.find(path.resolve(part), stem)) {
            SafetensorsFile file = SafetensorsFile.open(shard);
            files.add(file);
            file.tensors().forEach((name, entry) -> {
                if (all.put(name, entry) != null) {
                    throw new ModelException("%s: the tensor %s is also in another file of this folder."
                            .formatted(shard, Names.show(name)));
                }
            });
        }
        return all;
    }

    private Optional<Path> tokenizer() {
        return Optional.of(path.resolve("tokenizer")).filter(Files::isDirectory);
    }

    private Architecture architecture(Config unet, Config vae, Config text, Config scheduler, Autoencoder autoencoder) {
        return new Architecture(
                Family.SD1,
                prediction(scheduler),
                false,
                new Heads.Count(heads(unet)),
                autoencoder,
                vae.whole("latent_channels", 4),
                vae.number("scaling_factor", autoencoder == Autoencoder.KL ? 0.18215 : 1),
                List.of(new TextEncoder(
                        TextEncoder.Layout.CLIP, Parts.TEXT, text.whole("num_attention_heads", 12), activation(text))),
                scheduler.number("beta_start", 0.00085),
                scheduler.number("beta_end", 0.012));
    }

    private static Autoencoder autoencoder(Config vae) {
        String name = vae.text("_class_name", "AutoencoderKL");
        return switch (name) {
            case "AutoencoderKL" -> Autoencoder.KL;
            case "AutoencoderTiny" -> Autoencoder.TINY;
            default -> throw vae.unsupported("_class_name", name, "AutoencoderKL and AutoencoderTiny");
        };
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
