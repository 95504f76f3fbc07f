package giga.diffusion.weights;

import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Architecture.TextEncoder;
import giga.diffusion.weights.Architecture.TextEncoder.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The config.json files of a diffusers folder, besides the UNet's. */
final class FolderConfigs {
    private static final String VERSION = "0.39.0";
    private static final List<Object> NOTHING = Collections.unmodifiableList(Arrays.asList(null, null));

    private final Checkpoint model;
    private final Architecture architecture;

    FolderConfigs(Checkpoint model) {
        this.model = model;
        architecture = model.architecture();
    }

    Map<String, Object> index() {
        Family family = architecture.family();
        boolean sdxl = family == Family.SDXL || family == Family.SDXL_REFINER;
        Map<String, Object> index = new LinkedHashMap<>();
        index.put(
                "_class_name",
                switch (family) {
                    case SD1, SD2 -> "StableDiffusionPipeline";
                    case SDXL -> "StableDiffusionXLPipeline";
                    case SDXL_REFINER -> "StableDiffusionXLImg2ImgPipeline";
                });
        index.put("_diffusers_version", VERSION);
        index.put("unet", List.of("diffusers", "UNet2DConditionModel"));
        boolean kl = architecture.autoencoder() == Autoencoder.KL;
        index.put("vae", List.of("diffusers", kl ? "AutoencoderKL" : "AutoencoderTiny"));
        index.put("scheduler", List.of("diffusers", "EulerDiscreteScheduler"));
        boolean first = family != Family.SDXL_REFINER;
        index.put("text_encoder", first ? List.of("transformers", "CLIPTextModel") : NOTHING);
        index.put("tokenizer", first ? List.of("transformers", "CLIPTokenizer") : NOTHING);
        if (sdxl) {
            index.put("text_encoder_2", List.of("transformers", "CLIPTextModelWithProjection"));
            index.put("tokenizer_2", List.of("transformers", "CLIPTokenizer"));
            index.put("force_zeros_for_empty_prompt", first);
            if (!first) {
                index.put("requires_aesthetics_score", true);
            }
        } else {
            index.put("safety_checker", NOTHING);
            index.put("feature_extractor", NOTHING);
            index.put("requires_safety_checker", false);
        }
        return index;
    }

    Map<String, Object> scheduler() {
        Map<String, Object> config = of("EulerDiscreteScheduler");
        config.put("num_train_timesteps", 1000);
        config.put("beta_schedule", "scaled_linear");
        config.put("beta_start", architecture.betaStart());
        config.put("beta_end", architecture.betaEnd());
        config.put("prediction_type", architecture.prediction() == Prediction.V ? "v_prediction" : "epsilon");
        config.put("rescale_betas_zero_snr", architecture.zeroTerminalSnr());
        config.put("timestep_spacing", "leading");
        config.put("steps_offset", 1);
        return config;
    }

    Map<String, Object> text(TextEncoder encoder) {
        boolean open = encoder.layout() == Layout.OPEN_CLIP;
        String prefix = encoder.prefix();
        String table = prefix + (open ? "token_embedding.weight" : "embeddings.token_embedding.weight");
        String layer =
                prefix + (open ? "transformer.resblocks.%d.mlp.c_fc.weight" : "encoder.layers.%d.mlp.fc1.weight");
        int layers = 0;
        while (model.has(layer.formatted(layers))) {
            layers++;
        }
        boolean projected = model.has(prefix + "text_projection");
        boolean lastUnread = architecture.family() == Family.SD2 && projected;
        Map<String, Object> config = new LinkedHashMap<>();
        boolean withProjection = open && architecture.family() != Family.SD2;
        config.put("architectures", List.of(withProjection ? "CLIPTextModelWithProjection" : "CLIPTextModel"));
        config.put("model_type", "clip_text_model");
        config.put("hidden_size", side(table, 1));
        config.put("intermediate_size", side(layer.formatted(0), 0));
        config.put("num_attention_heads", encoder.heads());
        config.put("num_hidden_layers", lastUnread ? layers - 1 : layers);
        config.put("hidden_act", encoder.activation() == Activation.GELU ? "gelu" : "quick_gelu");
        config.put("layer_norm_eps", 1e-5);
        config.put("max_position_embeddings", 77);
        config.put("projection_dim", projected ? side(prefix + "text_projection", 1) : side(table, 1));
        config.put("vocab_size", side(table, 0));
        config.put("bos_token_id", 0);
        config.put("eos_token_id", 2);
        config.put("pad_token_id", 1);
        return config;
    }

    Map<String, Object> autoencoder() {
        Map<String, Object> config = architecture.autoencoder() == Autoencoder.KL
                ? kl()
                : TinyLayers.of(model).config();
        config.put("_diffusers_version", VERSION);
        config.put("in_channels", 3);
        config.put("out_channels", 3);
        config.put("latent_channels", architecture.latentChannels());
        config.put("scaling_factor", architecture.latentScale());
        return config;
    }

    private Map<String, Object> kl() {
        Map<String, Object> config = of("AutoencoderKL");
        List<Long> channels = new ArrayList<>();
        String block = Parts.KL + "encoder.down.%d.block.%d.conv1.weight";
        while (model.has(block.formatted(channels.size(), 0))) {
            channels.add(side(block.formatted(channels.size(), 0), 0));
        }
        int layers = 0;
        while (model.has(block.formatted(0, layers))) {
            layers++;
        }
        config.put("block_out_channels", channels);
        config.put("down_block_types", Collections.nCopies(channels.size(), "DownEncoderBlock2D"));
        config.put("up_block_types", Collections.nCopies(channels.size(), "UpDecoderBlock2D"));
        config.put("layers_per_block", layers);
        config.put("norm_num_groups", 32);
        config.put("act_fn", "silu");
        config.put("sample_size", 512);
        config.put(
                "force_upcast", architecture.family() == Family.SDXL || architecture.family() == Family.SDXL_REFINER);
        return config;
    }

    static Map<String, Object> of(String className) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("_class_name", className);
        config.put("_diffusers_version", VERSION);
        return config;
    }

    private long side(String name, int axis) {
        return model.get(name).shape().get(axis);
    }
}
