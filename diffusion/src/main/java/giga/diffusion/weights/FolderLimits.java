package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Refuses diffusers folders whose config.json files ask for something that the networks here do not compute. */
final class FolderLimits {
    private static final Set<String> PIPELINES = Set.of(
            "StableDiffusionPipeline",
            "StableDiffusionImg2ImgPipeline",
            "StableDiffusionXLPipeline",
            "StableDiffusionXLImg2ImgPipeline");

    private FolderLimits() {}

    static void check(Path folder, Family family, Config unet, List<Config> texts, Config scheduler) {
        pipeline(folder);
        kind(family, unet).family(folder);
        unet.requireOrAbsent("act_fn", "silu");
        unet.requireOrAbsent("resnet_time_scale_shift", "default");
        unet.requireOrAbsent("time_embedding_type", "positional");
        unet.requireOrAbsent("norm_num_groups", "32");
        unet.requireOrAbsent("norm_eps", "1.0E-5");
        unet.requireOrAbsent("flip_sin_to_cos", "true");
        unet.requireOrAbsent("freq_shift", "0", "0.0");
        unet.requireOrAbsent("center_input_sample", "false");
        unet.requireOrAbsent("dual_cross_attention", "false");
        unet.requireOrAbsent("downsample_padding", "1");
        unet.requireOrAbsent("mid_block_scale_factor", "1", "1.0");
        unet.requireOrAbsent("resnet_out_scale_factor", "1", "1.0");
        unet.requireOrAbsent("resnet_skip_time_act", "false");
        for (String extra : List.of(
                "class_embed_type",
                "encoder_hid_dim",
                "time_cond_proj_dim",
                "time_embedding_act_fn",
                "timestep_post_act")) {
            unet.requireAbsent(extra);
        }
        if (family == Family.SDXL || family == Family.SDXL_REFINER) {
            unet.requireOrAbsent("addition_time_embed_dim", "256");
        } else {
            unet.requireAbsent("addition_embed_type");
        }
        for (Config text : texts) {
            text.requireOrAbsent("layer_norm_eps", "1.0E-5");
        }
        String name = scheduler.text("_class_name", "");
        if (name.startsWith("EDM") || name.startsWith("FlowMatch")) {
            throw scheduler.unsupported("_class_name", name, "schedulers of Stable Diffusion's own training schedule");
        }
        scheduler.requireOrAbsent("beta_schedule", "scaled_linear");
        scheduler.requireAbsent("trained_betas");
        scheduler.requireOrAbsent("num_train_timesteps", "1000");
    }

    static void checkAutoencoder(Config vae) {
        vae.requireOrAbsent("_class_name", "AutoencoderKL", "AutoencoderTiny");
        vae.requireOrAbsent("norm_num_groups", "32");
        vae.requireOrAbsent("shift_factor", "0.0", "0");
        if (vae.text("_class_name", "").equals("AutoencoderTiny")) {
            vae.requireOrAbsent("act_fn", "relu");
            vae.requireOrAbsent("latent_magnitude", "3", "3.0");
            vae.requireOrAbsent("upsampling_scaling_factor", "2");
            vae.requireOrAbsent("upsample_fn", "nearest");
        } else {
            vae.requireOrAbsent("act_fn", "silu");
        }
    }

    /** Told by the channels that go in, besides those of the latent. */
    private static Kind kind(Family family, Config unet) {
        boolean latentOut = unet.whole("out_channels", 4) == 4;
        return switch (latentOut ? unet.whole("in_channels", 4) : 0) {
            case 5 -> Kind.SD2_DEPTH;
            case 7 -> Kind.SD_X4_UPSCALER;
            case 8 -> Kind.INSTRUCT_PIX2PIX;
            case 9 ->
                switch (family) {
                    case SD1 -> Kind.SD1_INPAINTING;
                    case SD2 -> Kind.SD2_INPAINTING;
                    case SDXL, SDXL_REFINER -> Kind.SDXL_INPAINTING;
                };
            default -> Kind.of(family);
        };
    }

    private static void pipeline(Path folder) {
        Path index = folder.resolve("model_index.json");
        if (!Files.exists(index)) {
            return;
        }
        String pipeline = Config.read(index).text("_class_name", "StableDiffusionPipeline");
        if (!PIPELINES.contains(pipeline)) {
            throw new ModelException(
                    "%s: it is a model for diffusers' %s; only Stable Diffusion 1, 2 and XL models can be used here."
                            .formatted(folder, Names.show(pipeline)));
        }
    }
}
