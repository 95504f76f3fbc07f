package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not Stable Diffusion 1 is told by name. */
class KindTest {
    private static final String CONV = "model.diffusion_model.input_blocks.0.0.weight=320x";

    @ParameterizedTest
    @EnumSource(
            value = FormulaCheckpoint.class,
            names = {"TINY_SD1", "SD15"})
    void knowsStableDiffusion1(FormulaCheckpoint model) {
        Map<String, TensorEntry> tensors = new HashMap<>();
        model.keys().forEach(key -> tensors.put(key.key(), entry(key.key(), key.shape())));
        assertThat(Kind.of(tensors)).isEqualTo(Kind.SD1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SDXL             | 4x3x3 conditioner.embedders.1.model.ln_final.weight=1280
                    SDXL             | 4x3x3 model.diffusion_model.label_emb.0.0.weight=1280x2816
                    SDXL_INPAINTING  | 9x3x3 conditioner.embedders.1.model.ln_final.weight=1280
                    SDXL_REFINER     | 4x3x3 conditioner.embedders.0.model.ln_final.weight=1280
                    SD2              | 4x3x3 conditioner.embedders.0.model.ln_final.weight=1024
                    SD2              | 4x3x3 cond_stage_model.model.transformer.resblocks.0.attn.in_proj_weight=3072x1024
                    SD2              | 4x3x3 model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight=320x1024
                    SD2_INPAINTING   | 9x3x3 cond_stage_model.model.transformer.resblocks.0.attn.in_proj_weight=3072x1024
                    SD_X4_UPSCALER   | 7x3x3 cond_stage_model.model.transformer.resblocks.0.attn.in_proj_weight=3072x1024
                    SD2_DEPTH        | 5x3x3 depth_model.model.pretrained.act_postprocess3.0.project.0.bias=768
                    UNCLIP           | 4x3x3 embedder.model.ln_final.weight=1024
                    SD1_INPAINTING   | 9x3x3 cond_stage_model.transformer.text_model.final_layer_norm.bias=768
                    INSTRUCT_PIX2PIX | 8x3x3 model.diffusion_model.out.2.weight=4x320x3x3
                    ALT_DIFFUSION    | 4x3x3 cond_stage_model.roberta.embeddings.word_embeddings.weight=250002x1024
                    """)
    void knowsOtherCheckpoints(Kind kind, String content) {
        assertThat(Kind.of(tensors(CONV + content))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    LORA             | lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight=4x320
                    LORA             | unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight=4x32
                    LORA             | lora_unet_down_blocks_0_resnets_0_conv1.diff=32x32x3x3
                    CONTROLNET       | control_model.zero_convs.0.0.weight=320x320x1x1
                    CONTROLNET       | controlnet_cond_embedding.conv_in.weight=16x3x3x3 down_blocks.0.resnets.0.norm1.bias=320
                    AUTOENCODER      | encoder.down.0.block.0.norm1.weight=128 decoder.conv_in.weight=512x4x3x3
                    AUTOENCODER      | first_stage_model.decoder.conv_in.weight=512x4x3x3
                    AUTOENCODER      | encoder.down_blocks.0.resnets.0.norm1.weight=128 decoder.conv_in.weight=512x4x3x3
                    AUTOENCODER      | encoder.layers.0.weight=64x3x3x3 decoder.layers.0.weight=64x4x3x3
                    TINY_AUTOENCODER | 0.weight=64x3x3x3 1.conv.0.weight=64x64x3x3
                    DIFFUSERS_PART   | down_blocks.0.resnets.0.norm1.bias=320
                    TEXT_ENCODER     | text_model.final_layer_norm.bias=768
                    UPSCALER         | conv_first.weight=64x3x3x3 body.0.rdb1.conv1.weight=32x64x3x3
                    UPSCALER         | body.0.weight=64x3x3x3 body.1.weight=64
                    UPSCALER         | model.0.weight=64x3x3x3 model.1.sub.0.RDB1.conv1.0.weight=32x64x3x3
                    EMBEDDING        | emb_params=8x768
                    EMBEDDING        | string_to_param.*=2x768
                    TRANSFORMER      | model.diffusion_model.double_blocks.0.img_attn.qkv.weight=9216x3072
                    UNKNOWN          | a=2
                    """)
    void knowsWhatIsNoCheckpoint(Kind kind, String content) {
        assertThat(Kind.of(tensors(content))).isEqualTo(kind);
    }

    @Test
    void refusesByName() {
        assertThatThrownBy(() -> Kind.SDXL_INPAINTING.family(Path.of("xl.safetensors")))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("xl.safetensors: it is Stable Diffusion XL, inpainting; only");
    }

    private static Map<String, TensorEntry> tensors(String content) {
        Map<String, TensorEntry> tensors = new HashMap<>();
        for (String tensor : content.split(" ")) {
            String[] parts = tensor.split("=");
            tensors.put(
                    parts[0],
                    entry(
                            parts[0],
                            Arrays.stream(parts[1].split("x"))
                                    .map(Long::valueOf)
                                    .toList()));
        }
        return tensors;
    }

    private static TensorEntry entry(String name, List<Long> shape) {
        return new TensorEntry(name, DType.F16, shape, MemorySegment.NULL);
    }
}
