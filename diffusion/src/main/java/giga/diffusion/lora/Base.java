package giga.diffusion.lora;

import giga.diffusion.weights.Architecture.Family;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** The line of models that a LoRA was trained for. */
public enum Base {
    SD1("SD 1"),
    SD2("SD 2"),
    SDXL("SDXL"),
    SDXL_REFINER("the SDXL refiner"),
    TRANSFORMER("a diffusion transformer (SD 3, Flux or kin)"),
    /** Neither metadata nor shapes tell. */
    UNKNOWN("a model that it does not name");

    private final String title;

    Base(String title) {
        this.title = title;
    }

    /** As it may stand in a sentence: "is for …". */
    public String title() {
        return title;
    }

    static Base of(Family family) {
        return valueOf(family.name());
    }

    /**
     * By the width of the text that the UNet listens to, which does not lie, else by what the trainer wrote, else by the
     * text encoders.
     */
    static Base of(Map<String, String> metadata, Collection<LoraModule> modules) {
        if (modules.stream().anyMatch(Base::isOfTransformer)) return TRANSFORMER;
        Base byWidth = byTextWidth(modules);
        if (byWidth != UNKNOWN) return byWidth;
        Base written = written(metadata);
        if (written != UNKNOWN) return written;
        return modules.stream().anyMatch(module -> module.name().startsWith("lora_te2_")) ? SDXL : UNKNOWN;
    }

    private static Base written(Map<String, String> metadata) {
        String version = metadata.getOrDefault("ss_base_model_version", "");
        String specification =
                metadata.getOrDefault("modelspec.architecture", "").toLowerCase(Locale.ROOT);
        if (version.startsWith("sdxl_") || specification.startsWith("stable-diffusion-xl-v1-base")) return SDXL;
        if (specification.startsWith("stable-diffusion-xl-v1-refiner")) return SDXL_REFINER;
        if (metadata.getOrDefault("ss_v2", "").equals("True")
                || version.startsWith("sd_v2")
                || specification.startsWith("stable-diffusion-v2")) return SD2;
        if (version.startsWith("sd_v1")
                || metadata.getOrDefault("ss_v2", "").equals("False")
                || specification.startsWith("stable-diffusion-v1")) return SD1;
        return UNKNOWN;
    }

    private static Base byTextWidth(Collection<LoraModule> modules) {
        for (LoraModule module : modules) {
            if (!module.name().startsWith("lora_unet_")) continue;
            if (!module.name().endsWith("_attn2_to_k") && !module.name().endsWith("_attn2_to_v")) continue;
            long width = module.delta()
                    .filter(LowRank.class::isInstance)
                    .map(delta -> Shapes.columns(((LowRank) delta).down()))
                    .orElse(0L);
            if (width == 768) return SD1;
            if (width == 1024) return SD2;
            if (width == 1280) return SDXL_REFINER;
            if (width == 2048) return SDXL;
        }
        return UNKNOWN;
    }

    private static boolean isOfTransformer(LoraModule module) {
        return module.name().startsWith("transformer_")
                || module.name().startsWith("lora_transformer_")
                || module.name().contains("_double_blocks_")
                || module.name().contains("_joint_blocks_");
    }
}
