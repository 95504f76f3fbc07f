package giga.diffusion.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A kind of model file, and where A1111 and ComfyUI keep it below their {@code models} folder or beside it. */
public enum Shelf {
    CHECKPOINT(
            "model",
            List.of("Stable-diffusion", "checkpoints", "diffusers"),
            List.of(".safetensors", ".ckpt", ".pt"),
            "model_index.json"),
    LORA("LoRA", List.of("Lora", "LyCORIS", "loras"), List.of(".safetensors", ".pt", ".ckpt"), ""),
    VAE("VAE", List.of("VAE"), List.of(".safetensors", ".pt", ".ckpt"), "config.json"),
    EMBEDDING("embedding", List.of("embeddings"), List.of(".safetensors", ".pt", ".bin"), ""),
    UPSCALER(
            "upscaler",
            List.of("ESRGAN", "RealESRGAN", "upscale_models"),
            List.of(".safetensors", ".pth", ".pt", ".param"),
            "");

    private final String title;
    private final List<String> folders;
    private final List<String> suffixes;
    private final String folderMark;

    Shelf(String title, List<String> folders, List<String> suffixes, String folderMark) {
        this.title = title;
        this.folders = folders;
        this.suffixes = suffixes;
        this.folderMark = folderMark;
    }

    /** Files of this kind in a folder and those below it, by name; empty where it does not exist. */
    public List<Path> below(Path folder) {
        return Files.isDirectory(folder) ? ModelFiles.below(folder, this) : List.of();
    }

    /** What one such file is called. */
    public String title() {
        return title;
    }

    /** Names of its folders; A1111's comes first. */
    List<String> folders() {
        return folders;
    }

    List<String> suffixes() {
        return suffixes;
    }

    /** The file that makes a folder one model; empty where models are never folders. */
    String folderMark() {
        return folderMark;
    }
}
