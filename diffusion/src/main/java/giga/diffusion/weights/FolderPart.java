package giga.diffusion.weights;

import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.TextEncoder.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The parts of a diffusers model, each with a folder of its own. */
enum FolderPart {
    UNET("unet", "diffusion_pytorch_model"),
    VAE("vae", "diffusion_pytorch_model"),
    TEXT("text_encoder", "model"),
    TEXT_2("text_encoder_2", "model");

    private final String folder;
    private final String stem;

    FolderPart(String folder, String stem) {
        this.folder = folder;
        this.stem = stem;
    }

    /** The text encoders of a family, in the order in which their outputs are joined. */
    static List<FolderPart> texts(Family family) {
        return switch (family) {
            case SD1, SD2 -> List.of(TEXT);
            case SDXL -> List.of(TEXT, TEXT_2);
            case SDXL_REFINER -> List.of(TEXT_2);
        };
    }

    Path in(Path model) {
        return model.resolve(folder);
    }

    boolean isIn(Path model) {
        return Files.isDirectory(in(model));
    }

    String folder() {
        return folder;
    }

    /** What the names of its weights' files begin with. */
    String stem() {
        return stem;
    }

    Path config(Path model) {
        return in(model).resolve("config.json");
    }

    /** Of a text encoder. */
    Layout layout(Family family) {
        return this == TEXT && family != Family.SD2 ? Layout.CLIP : Layout.OPEN_CLIP;
    }

    /** Of its tensors' internal names. */
    String prefix(Family family) {
        return switch (this) {
            case UNET -> Parts.UNET;
            case VAE -> Parts.KL;
            case TEXT ->
                switch (family) {
                    case SD1 -> Parts.TEXT;
                    case SD2 -> Parts.OPEN_TEXT;
                    case SDXL, SDXL_REFINER -> Parts.SDXL_TEXT_1;
                };
            case TEXT_2 -> family == Family.SDXL_REFINER ? Parts.REFINER_TEXT : Parts.SDXL_TEXT_2;
        };
    }
}
