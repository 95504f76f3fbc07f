package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Family;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a model file is, told by its tensors' names and shapes. */
enum Kind {
    SD1("Stable Diffusion 1"),
    SD1_INPAINTING("Stable Diffusion 1, inpainting"),
    INSTRUCT_PIX2PIX("InstructPix2Pix"),
    SD2("Stable Diffusion 2"),
    SD2_INPAINTING("Stable Diffusion 2, inpainting"),
    SD2_DEPTH("Stable Diffusion 2, depth to image"),
    SD_X4_UPSCALER("Stable Diffusion x4 upscaler"),
    UNCLIP("Stable unCLIP"),
    SDXL("Stable Diffusion XL"),
    SDXL_INPAINTING("Stable Diffusion XL, inpainting"),
    SDXL_REFINER("Stable Diffusion XL refiner"),
    ALT_DIFFUSION("AltDiffusion"),
    TRANSFORMER("a diffusion transformer (Stable Diffusion 3, Flux or kin)"),
    LORA("a LoRA"),
    CONTROLNET("a ControlNet"),
    AUTOENCODER("an autoencoder alone"),
    TINY_AUTOENCODER("half of a tiny autoencoder"),
    DIFFUSERS_PART("one part of a diffusers folder"),
    TEXT_ENCODER("a text encoder alone"),
    UNET("a UNet alone"),
    EMBEDDING("a textual inversion embedding"),
    UPSCALER("an upscaler"),
    UNKNOWN("of no known kind");

    private static final String CONTEXT = "transformer_blocks.0.attn2.to_k.weight";
    private static final String LABELS = Parts.UNET + "label_emb.0.0.weight";
    private static final int SDXL_LABELS = 2816;
    private static final int REFINER_LABELS = 2560;
    private final String title;

    Kind(String title) {
        this.title = title;
    }

    /** As it may stand in a sentence: "this is …". */
    String title() {
        return title;
    }

    /** @throws ModelException for all that is no whole model of a supported family */
    Family family(Path path) {
        return switch (this) {
            case SD1 -> Family.SD1;
            case SD2 -> Family.SD2;
            case SDXL -> Family.SDXL;
            case SDXL_REFINER -> Family.SDXL_REFINER;
            default -> throw new ModelException("%s: it is %s; %s.".formatted(path, title, use()));
        };
    }

    private String use() {
        return switch (this) {
            case LORA -> "use it with a model, as --lora or <lora:NAME:1> in the prompt";
            case AUTOENCODER, TINY_AUTOENCODER -> "--vae puts it into a model, which must be named itself";
            case EMBEDDING ->
                "put it into the folder embeddings of --home, and its name, that of the file, into the prompt";
            default ->
                "only whole models of Stable Diffusion 1, 2 and XL (and what is trained from them) can be used here";
        };
    }

    static Kind of(Family family) {
        return switch (family) {
            case SD1 -> SD1;
            case SD2 -> SD2;
            case SDXL -> SDXL;
            case SDXL_REFINER -> SDXL_REFINER;
        };
    }

    static Kind of(Map<String, TensorEntry> tensors) {
        Set<String> names = tensors.keySet();
        if (any(
                names,
                "model.diffusion_model.joint_blocks.",
                "model.diffusion_model.double_blocks.",
                "double_blocks.",
                "joint_blocks.")) {
            return TRANSFORMER;
        }
        return any(names, Parts.UNET) ? ofCheckpoint(tensors) : ofOther(tensors);
    }

    /** In A1111's order; the first that matches wins. */
    private static Kind ofCheckpoint(Map<String, TensorEntry> tensors) {
        long channels = side(tensors, Parts.FIRST_CONV, 1);
        if (tensors.containsKey("conditioner.embedders.1.model.ln_final.weight")
                || side(tensors, LABELS, 1) == SDXL_LABELS
                || any(tensors.keySet(), "conditioner.embedders.1.")) {
            return channels == 9 ? SDXL_INPAINTING : SDXL;
        }
        if (tensors.containsKey("conditioner.embedders.0.model.ln_final.weight")) {
            return side(tensors, "conditioner.embedders.0.model.ln_final.weight", 0) == 1024 ? SD2 : SDXL_REFINER;
        }
        if (side(tensors, LABELS, 1) == REFINER_LABELS) {
            return SDXL_REFINER;
        }
        if (tensors.containsKey("depth_model.model.pretrained.act_postprocess3.0.project.0.bias")) {
            return SD2_DEPTH;
        }
        if (channels == 7) {
            return SD_X4_UPSCALER;
        }
        if (tensors.containsKey("embedder.model.ln_final.weight")) {
            return UNCLIP;
        }
        if (any(tensors.keySet(), "cond_stage_model.model.") || context(tensors) == 1024) {
            return channels == 9 ? SD2_INPAINTING : SD2;
        }
        if (channels == 9) {
            return SD1_INPAINTING;
        }
        if (channels == 8 && side(tensors, Parts.UNET + "out.2.weight", 0) == 4) {
            return INSTRUCT_PIX2PIX;
        }
        return any(tensors.keySet(), "cond_stage_model.roberta.") ? ALT_DIFFUSION : SD1;
    }

    private static Kind ofOther(Map<String, TensorEntry> tensors) {
        Set<String> names = tensors.keySet();
        if (names.stream()
                        .anyMatch(name -> Stream.of(".lora_", ".lora.", "_lora.", ".hada_", ".lokr_")
                                .anyMatch(name::contains))
                || any(names, "lora_unet_", "lora_te")) {
            return LORA;
        }
        if (any(
                names,
                "control_model.",
                "input_hint_block.",
                "controlnet_cond_embedding.",
                "zero_convs.",
                "controlnet_down_blocks.")) {
            return CONTROLNET;
        }
        if (any(names, "down_blocks.", "up_blocks.")) {
            return DIFFUSERS_PART;
        }
        if (any(
                names,
                "first_stage_model.",
                "encoder.down.",
                "decoder.up.",
                "encoder.down_blocks.",
                "decoder.up_blocks.",
                "decoder.layers.",
                "encoder.layers.0.weight")) {
            return AUTOENCODER;
        }
        if (any(names, "input_blocks.", "diffusion_model.input_blocks.")) {
            return UNET;
        }
        if (any(names, "text_model.", "cond_stage_model.", "transformer.resblocks.")) {
            return TEXT_ENCODER;
        }
        if (any(names, "conv_first.", "body.0.", "model.0.", "RRDB_trunk.", "params.", "params_ema.")) {
            return UPSCALER;
        }
        if (names.contains("1.conv.0.weight") || names.contains("3.conv.0.weight")) {
            return TINY_AUTOENCODER;
        }
        if (names.size() <= 4 && any(names, "emb_params", "clip_l", "clip_g", "<", "string_to_param.")) {
            return EMBEDDING;
        }
        return UNKNOWN;
    }

    /** Width of the text that the UNet listens to. */
    private static long context(Map<String, TensorEntry> tensors) {
        long first = side(tensors, Parts.UNET + "input_blocks.1.1." + CONTEXT, 1);
        return first != 0 ? first : side(tensors, Parts.UNET + "input_blocks.4.1." + CONTEXT, 1);
    }

    private static long side(Map<String, TensorEntry> tensors, String name, int axis) {
        TensorEntry entry = tensors.get(name);
        return entry == null || entry.shape().size() <= axis ? 0 : entry.shape().get(axis);
    }

    private static boolean any(Set<String> names, String... prefixes) {
        return names.stream().anyMatch(name -> Arrays.stream(prefixes).anyMatch(name::startsWith));
    }
}
