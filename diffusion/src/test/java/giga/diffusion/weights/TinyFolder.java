package giga.diffusion.weights;

import giga.diffusion.weights.FormulaCheckpoint.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Tiny checkpoints as a diffusers folder; the names go the opposite way of the code under test. */
final class TinyFolder {
    private static final int LAYERS = 2;
    private static final int LEVELS = 4;

    private TinyFolder() {}

    static Path write(Path folder) throws IOException {
        List<Key> keys = FormulaCheckpoint.TINY_SD1.keys();
        put(folder, "model_index.json", "{\"_class_name\": \"StableDiffusionPipeline\"}");
        put(
                folder,
                "unet/config.json",
                "{\"attention_head_dim\": [8, 8, 8, 8], \"cross_attention_dim\": 128, \"in_channels\": 4}");
        put(folder, "vae/config.json", "{\"_class_name\": \"AutoencoderKL\", \"scaling_factor\": 0.18215}");
        put(folder, "text_encoder/config.json", "{\"num_attention_heads\": 2, \"hidden_act\": \"quick_gelu\"}");
        put(folder, "scheduler/scheduler_config.json", "{\"beta_start\": 0.00085, \"prediction_type\": \"epsilon\"}");
        FormulaCheckpoint.write(
                folder.resolve("unet/diffusion_pytorch_model.safetensors"), part(keys, Parts.UNET), Map.of());
        FormulaCheckpoint.write(
                folder.resolve("vae/diffusion_pytorch_model.safetensors"), part(keys, Parts.KL), Map.of());
        FormulaCheckpoint.write(
                folder.resolve("text_encoder/model.safetensors"), part(keys, Parts.TEXT), Map.of("format", "pt"));
        return folder;
    }

    /** A whole model of any family with a diffusers folder's names; its parts' files are named as in half precision. */
    static Path write(Path folder, Checkpoint model) throws IOException {
        boolean sdxl = model.has(Parts.SDXL_TEXT_2 + "ln_final.weight");
        put(folder, "model_index.json", "{\"_class_name\": \"StableDiffusion%sPipeline\"}".formatted(sdxl ? "XL" : ""));
        put(
                folder,
                "unet/config.json",
                sdxl
                        ? "{\"attention_head_dim\": [1, 2, 4], \"block_out_channels\": [64, 128, 256], \"in_channels\": 4,"
                                + " \"use_linear_projection\": true, \"addition_embed_type\": \"text_time\","
                                + " \"addition_time_embed_dim\": 256, \"cross_attention_dim\": 192}"
                        : "{\"attention_head_dim\": [1, 2, 4, 4], \"block_out_channels\": [64, 128, 256, 256],"
                                + " \"use_linear_projection\": true, \"in_channels\": 4, \"cross_attention_dim\": 128}");
        put(folder, "vae/config.json", "{\"_class_name\": \"AutoencoderKL\"}");
        put(folder, "scheduler/scheduler_config.json", "{\"prediction_type\": \"v_prediction\"}");
        Map<String, List<TensorEntry>> parts = new TreeMap<>();
        for (String name : model.names()) {
            TensorEntry entry = model.get(name);
            if (name.startsWith(Parts.UNET)) {
                String below = unet(name.substring(Parts.UNET.length()));
                add(parts, "unet/diffusion_pytorch_model", Parts.rename(entry, below));
            } else if (name.startsWith(Parts.KL)) {
                add(parts, "vae/diffusion_pytorch_model", Parts.rename(entry, kl(name.substring(Parts.KL.length()))));
            } else if (name.startsWith(Parts.SDXL_TEXT_1)) {
                String below = "text_model." + name.substring(Parts.SDXL_TEXT_1.length());
                add(parts, "text_encoder/model", Parts.rename(entry, below));
            } else {
                String prefix = sdxl ? Parts.SDXL_TEXT_2 : Parts.OPEN_TEXT;
                for (TensorEntry stored : HuggingFaceText.stored(entry, prefix, "text_model.", ""))
                    add(parts, sdxl ? "text_encoder_2/model" : "text_encoder/model", stored);
            }
        }
        put(
                folder,
                "text_encoder/config.json",
                sdxl
                        ? "{\"num_attention_heads\": 1, \"hidden_act\": \"quick_gelu\"}"
                        : "{\"num_attention_heads\": 2, \"hidden_act\": \"gelu\", \"num_hidden_layers\": 2}");
        if (sdxl) put(folder, "text_encoder_2/config.json", "{\"num_attention_heads\": 2, \"hidden_act\": \"gelu\"}");
        for (String part : parts.keySet())
            SafetensorsWriter.write(
                    folder.resolve(part + ".fp16.safetensors"),
                    parts.get(part),
                    UnaryOperator.identity(),
                    Map.of(),
                    bytes -> {});
        return folder;
    }

    private static void add(Map<String, List<TensorEntry>> parts, String part, TensorEntry entry) {
        parts.computeIfAbsent(part, name -> new ArrayList<>()).add(entry);
    }

    static void put(Path folder, String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    private static List<Key> part(List<Key> keys, String prefix) {
        return keys.stream()
                .filter(key -> key.key().startsWith(prefix))
                .map(key -> {
                    String below = key.key().substring(prefix.length());
                    boolean matrix = prefix.equals(Parts.KL) && below.matches(".*attn_1\\.(q|k|v|proj_out)\\.weight");
                    String name = switch (prefix) {
                        case Parts.UNET -> unet(below);
                        case Parts.KL -> kl(below);
                        default -> "text_model." + below;
                    };
                    return new Key(name, matrix ? key.shape().subList(0, 2) : key.shape(), key.name(), key.shape());
                })
                .toList();
    }

    private static String unet(String name) {
        String out = name.replaceFirst("^time_embed\\.0", "time_embedding.linear_1")
                .replaceFirst("^time_embed\\.2", "time_embedding.linear_2")
                .replaceFirst("^label_emb\\.0\\.0", "add_embedding.linear_1")
                .replaceFirst("^label_emb\\.0\\.2", "add_embedding.linear_2")
                .replaceFirst("^input_blocks\\.0\\.0", "conv_in")
                .replaceFirst("^out\\.0", "conv_norm_out")
                .replaceFirst("^out\\.2", "conv_out")
                .replaceFirst("^middle_block\\.0", "mid_block.resnets.0")
                .replaceFirst("^middle_block\\.1", "mid_block.attentions.0")
                .replaceFirst("^middle_block\\.2", "mid_block.resnets.1");
        out = replace(
                out,
                "^input_blocks\\.(\\d+)\\.0\\.op",
                m -> "down_blocks.%d.downsamplers.0.conv".formatted(group(m) / 3 - 1));
        out = replace(
                out,
                "^output_blocks\\.(\\d+)\\.[12]\\.conv",
                m -> "up_blocks.%d.upsamplers.0.conv".formatted(group(m) / 3));
        for (String kind : new String[] {"0 resnets", "1 attentions"}) {
            String[] part = kind.split(" ");
            out = replace(
                    out,
                    "^input_blocks\\.(\\d+)\\." + part[0],
                    m -> "down_blocks.%d.%s.%d"
                            .formatted((group(m) - 1) / (LAYERS + 1), part[1], (group(m) - 1) % (LAYERS + 1)));
            out = replace(
                    out,
                    "^output_blocks\\.(\\d+)\\." + part[0],
                    m -> "up_blocks.%d.%s.%d".formatted(group(m) / (LAYERS + 1), part[1], group(m) % (LAYERS + 1)));
        }
        return out.replace("in_layers.0", "norm1")
                .replace("in_layers.2", "conv1")
                .replace("emb_layers.1", "time_emb_proj")
                .replace("out_layers.0", "norm2")
                .replace("out_layers.3", "conv2")
                .replace("skip_connection", "conv_shortcut");
    }

    private static String kl(String name) {
        String out =
                replace(name, "\\.up\\.(\\d+)\\.block", m -> ".up_blocks.%d.resnets".formatted(LEVELS - 1 - group(m)));
        out = replace(
                out, "\\.up\\.(\\d+)\\.upsample", m -> ".up_blocks.%d.upsamplers.0".formatted(LEVELS - 1 - group(m)));
        return out.replaceFirst("\\.down\\.(\\d+)\\.block", ".down_blocks.$1.resnets")
                .replaceFirst("\\.down\\.(\\d+)\\.downsample", ".down_blocks.$1.downsamplers.0")
                .replace("mid.block_1", "mid_block.resnets.0")
                .replace("mid.block_2", "mid_block.resnets.1")
                .replace("mid.attn_1.norm", "mid_block.attentions.0.group_norm")
                .replace("mid.attn_1.proj_out", "mid_block.attentions.0.to_out.0")
                .replaceFirst("mid\\.attn_1\\.([qkv])", "mid_block.attentions.0.to_$1")
                .replace("nin_shortcut", "conv_shortcut")
                .replace("norm_out", "conv_norm_out");
    }

    private static String replace(String name, String regex, Function<MatchResult, String> by) {
        return Pattern.compile(regex).matcher(name).replaceFirst(by);
    }

    private static int group(MatchResult match) {
        return Integer.parseInt(match.group(1));
    }
}
