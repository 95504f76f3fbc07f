package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.TextEncoder;
import giga.diffusion.weights.Architecture.TextEncoder.Layout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A model's tensors as a diffusers folder has them, part by part. */
final class FolderTensors {
    private final Checkpoint model;
    private final OpenFiles memory;
    private final Map<FolderPart, List<TensorEntry>> parts = new EnumMap<>(FolderPart.class);
    private final int layers;

    /** @param memory holds tensors that must be turned around */
    FolderTensors(Checkpoint model, OpenFiles memory) {
        this.model = model;
        this.memory = memory;
        layers = FolderNames.layers(below(Parts.UNET));
        addRenamed(FolderPart.UNET, Parts.UNET, FolderNames.unet(layers));
        requireSameNames();
        if (model.architecture().autoencoder() == Autoencoder.KL) {
            Set<String> names = below(Parts.KL);
            int levels = 0;
            while (names.contains("decoder.up." + levels + ".block.0.norm1.weight")) {
                levels++;
            }
            addRenamed(FolderPart.VAE, Parts.KL, FolderNames.kl(levels));
        } else {
            addRenamed(FolderPart.VAE, Parts.TINY_ENCODER, name -> FolderNames.tiny(Parts.TINY_ENCODER + name));
            addRenamed(FolderPart.VAE, Parts.TINY_DECODER, name -> FolderNames.tiny(Parts.TINY_DECODER + name));
        }
        List<FolderPart> texts = FolderPart.texts(model.architecture().family());
        for (int i = 0; i < texts.size(); i++) {
            addText(texts.get(i), model.architecture().textEncoders().get(i));
        }
    }

    Map<FolderPart, List<TensorEntry>> parts() {
        return parts;
    }

    /** Residual blocks of each level of the UNet. */
    int layers() {
        return layers;
    }

    private void addText(FolderPart part, TextEncoder encoder) {
        if (encoder.layout() == Layout.CLIP) {
            addRenamed(part, encoder.prefix(), "text_model."::concat);
            return;
        }
        for (String name : model.names()) {
            if (name.startsWith(encoder.prefix())) {
                HuggingFaceNames.of(model.get(name), encoder.prefix(), memory).forEach(entry -> add(part, entry));
            }
        }
    }

    private void addRenamed(FolderPart part, String prefix, Function<String, String> naming) {
        for (String below : below(prefix)) {
            TensorEntry renamed = Parts.rename(model.get(prefix + below), naming.apply(below));
            add(part, asMatrix(renamed, prefix));
        }
    }

    private void add(FolderPart part, TensorEntry entry) {
        parts.computeIfAbsent(part, p -> new ArrayList<>()).add(entry);
    }

    /** The autoencoder's attention is stored as 1x1 convolutions in single files and as matrices here. */
    private static TensorEntry asMatrix(TensorEntry entry, String prefix) {
        List<Long> shape = entry.shape();
        boolean convolution =
                prefix.equals(Parts.KL) && shape.size() == 4 && entry.name().contains(".mid_block.attentions.0.");
        return convolution ? new TensorEntry(entry.name(), entry.dtype(), shape.subList(0, 2), entry.data()) : entry;
    }

    /** A UNet of another plan than diffusers' would be read back as another one. */
    private void requireSameNames() {
        Set<String> stored = new HashSet<>();
        parts.get(FolderPart.UNET).forEach(entry -> stored.add(entry.name()));
        DiffusersUNetNames back = new DiffusersUNetNames(stored);
        Set<String> read = new HashSet<>();
        stored.forEach(name -> back.map(name).ifPresent(read::add));
        if (!read.equals(below(Parts.UNET))) {
            throw new ModelException(
                    "%s: its UNet's plan is not one that a diffusers folder can tell; convert it to a .safetensors file."
                            .formatted(model.path()));
        }
    }

    private Set<String> below(String prefix) {
        Set<String> below = new HashSet<>();
        for (String name : model.names()) {
            if (name.startsWith(prefix)) {
                below.add(name.substring(prefix.length()));
            }
        }
        return below;
    }
}
