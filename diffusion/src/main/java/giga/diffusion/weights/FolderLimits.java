package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Refuses diffusers folders whose config.json files ask for something that the networks here do not compute. */
final class FolderLimits {
    private static final Set<String> PIPELINES = Set.of("StableDiffusionPipeline", "StableDiffusionImg2ImgPipeline");

    private FolderLimits() {}

    static void check(Path folder, Config unet, Config vae, Config text, Config scheduler) {
        pipeline(folder);
        if (unet.whole("cross_attention_dim", 768) == 1024) {
            Kind.SD2.refuseUnlessSupported(folder);
        }
        unet.requireOrAbsent("act_fn", "silu");
        unet.requireOrAbsent("resnet_time_scale_shift", "default");
        unet.requireOrAbsent("time_embedding_type", "positional");
        unet.requireOrAbsent("norm_num_groups", "32");
        unet.requireOrAbsent("norm_eps", "1.0E-5");
        unet.requireOrAbsent("flip_sin_to_cos", "true");
        unet.requireOrAbsent("freq_shift", "0", "0.0");
        unet.requireOrAbsent("center_input_sample", "false");
        unet.requireOrAbsent("dual_cross_attention", "false");
        for (String extra :
                Set.of("class_embed_type", "addition_embed_type", "encoder_hid_dim", "time_cond_proj_dim")) {
            unet.requireAbsent(extra);
        }
        vae.requireOrAbsent("norm_num_groups", "32");
        vae.requireOrAbsent("shift_factor", "0.0", "0");
        vae.requireOrAbsent("act_fn", "silu", "relu");
        text.requireOrAbsent("layer_norm_eps", "1.0E-5");
        scheduler.requireOrAbsent("beta_schedule", "scaled_linear");
        scheduler.requireAbsent("trained_betas");
        scheduler.requireOrAbsent("num_train_timesteps", "1000");
        scheduler.requireOrAbsent("rescale_betas_zero_snr", "false");
    }

    private static void pipeline(Path folder) {
        Path index = folder.resolve("model_index.json");
        if (!Files.exists(index)) {
            return;
        }
        String pipeline = Config.read(index).text("_class_name", "StableDiffusionPipeline");
        if (!PIPELINES.contains(pipeline)) {
            throw new ModelException(
                    "%s: it is a model for diffusers' %s; only Stable Diffusion 1 models can be used here."
                            .formatted(folder, Names.show(pipeline)));
        }
    }
}
