package giga.diffusion.weights;

import java.util.List;

/** Prefixes of the parts of a model, and what is read of each. */
final class Parts {
    static final String UNET = "model.diffusion_model.";
    static final String KL = "first_stage_model.";
    static final String TINY_ENCODER = "taesd_encoder.";
    static final String TINY_DECODER = "taesd_decoder.";
    static final String TEXT = "cond_stage_model.transformer.text_model.";
    static final String OPEN_TEXT = "cond_stage_model.model.";
    static final String SDXL_TEXT_1 = "conditioner.embedders.0.transformer.text_model.";
    static final String SDXL_TEXT_2 = "conditioner.embedders.1.model.";
    static final String REFINER_TEXT = "conditioner.embedders.0.model.";
    static final String FIRST_CONV = UNET + "input_blocks.0.0.weight";

    /** Of SD 1.x. */
    static final String TOKENS = TEXT + "embeddings.token_embedding.weight";

    private static final List<String> READ =
            List.of(UNET, KL, TINY_ENCODER, TINY_DECODER, TEXT, OPEN_TEXT, SDXL_TEXT_1, SDXL_TEXT_2, REFINER_TEXT);

    private Parts() {}

    /** Position ids are always 0 … 76; bad merges have rounded the stored ones to float16. */
    static boolean isRead(String name) {
        return READ.stream().anyMatch(name::startsWith)
                && !name.endsWith(".position_ids")
                && !name.endsWith(".logit_scale")
                && !name.endsWith(".attn_mask")
                && !name.startsWith(KL + "loss.")
                && !name.startsWith(KL + "model_ema.");
    }

    static boolean isAutoencoder(String name) {
        return name.startsWith(KL) || name.startsWith(TINY_ENCODER) || name.startsWith(TINY_DECODER);
    }

    static TensorEntry rename(TensorEntry entry, String name) {
        return new TensorEntry(name, entry.dtype(), entry.shape(), entry.data());
    }
}
