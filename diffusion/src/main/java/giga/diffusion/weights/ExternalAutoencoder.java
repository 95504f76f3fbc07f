package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Autoencoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An autoencoder with a file or folder of its own: AutoencoderKL as a single file in the names of latent-diffusion or
 * diffusers, with the prefix it has in a checkpoint or without; a whole checkpoint, for its autoencoder; AutoencoderTiny
 * as a single file or as TAESD's pair of files; diffusers' folder of either.
 *
 * @param tensors under internal names
 */
record ExternalAutoencoder(Path path, Autoencoder kind, Map<String, TensorEntry> tensors) {
    private static final List<String> BESIDE = List.of(".vae.safetensors", ".vae.pt", ".vae.ckpt");

    /** @throws ModelException where there is no autoencoder */
    static ExternalAutoencoder open(Path path, OpenFiles files) {
        Map<String, TensorEntry> tensors = Files.isDirectory(path) ? folder(path, files) : file(path, files);
        Autoencoder kind = tensors.keySet().stream().anyMatch(name -> name.startsWith(Parts.KL))
                ? Autoencoder.KL
                : Autoencoder.TINY;
        return new ExternalAutoencoder(path, kind, tensors);
    }

    /** The file that A1111 takes for a checkpoint's autoencoder without being told. */
    static Optional<Path> beside(Path checkpoint) {
        return Files.isRegularFile(checkpoint)
                ? BESIDE.stream()
                        .map(suffix -> checkpoint.resolveSibling(Checkpoint.name(checkpoint) + suffix))
                        .filter(Files::isRegularFile)
                        .findFirst()
                : Optional.empty();
    }

    /** @throws ModelException where the latents have other channels than the model's */
    void checkFits(Path model, int latentChannels) {
        String first = kind == Autoencoder.KL ? Parts.KL + "decoder.conv_in.weight" : Parts.TINY_DECODER + "1.weight";
        TensorEntry entry = tensors.get(first);
        if (entry != null && entry.shape().size() == 4 && entry.shape().get(1) != latentChannels) {
            throw new ModelException(
                    "%s: its latents have %d channels and those of %s have %d; give the autoencoder of the same family."
                            .formatted(path, entry.shape().get(1), model, latentChannels));
        }
    }

    private static Map<String, TensorEntry> file(Path path, OpenFiles files) {
        TensorFile file = files.open(path);
        if (TinyPair.isHalf(file)) {
            return TinyPair.withHalf(file, files);
        }
        Map<String, TensorEntry> tensors = AutoencoderNames.internal(path, Wrapping.removed(file.tensors()));
        if (tensors.isEmpty()) {
            throw new ModelException("%s: it has no autoencoder (it is %s); give a VAE's file or folder."
                    .formatted(path, Kind.of(file.tensors()).title()));
        }
        return tensors;
    }

    private static Map<String, TensorEntry> folder(Path path, OpenFiles files) {
        if (Files.exists(path.resolve("vae/config.json"))) {
            return folder(path.resolve("vae"), files);
        }
        if (!Files.exists(path.resolve("config.json"))) {
            return TinyPair.in(path, files);
        }
        FolderLimits.checkAutoencoder(Config.read(path.resolve("config.json")));
        return AutoencoderNames.internal(path, WeightFiles.open(path, "diffusion_pytorch_model", files));
    }
}
