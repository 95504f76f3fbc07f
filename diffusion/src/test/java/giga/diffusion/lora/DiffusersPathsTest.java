package giga.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.GoldenFile;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the UNets of the real models; how many layers kohya's trainer finds in their transformers is well known. */
class DiffusersPathsTest {
    @ParameterizedTest
    @CsvSource({"unet_sd1, 192", "unet_sd2, 192", "unet_sdxl, 722"})
    void everyModuleHasAPathOfItsOwn(String keys, int inTransformers) {
        Set<String> modules = modules(keys);
        DiffusersPaths paths = new DiffusersPaths(modules);
        Set<String> found = new HashSet<>();
        int projections = 0;
        for (String module : modules) {
            String path = paths.of(module).orElseThrow(() -> new AssertionError(module));
            assertThat(found.add(path)).as(path).isTrue();
            boolean norm = path.matches(".*\\.norm[123]?");
            if (path.contains(".attentions.") && !norm) projections++;
        }
        assertThat(projections).isEqualTo(inTransformers);
    }

    @ParameterizedTest
    @CsvSource({
        "unet_sd1, input_blocks.0.0, conv_in",
        "unet_sd1, input_blocks.5.1.transformer_blocks.0.attn2.to_out.0, down_blocks.1.attentions.1.transformer_blocks.0.attn2.to_out.0",
        "unet_sd1, input_blocks.6.0.op, down_blocks.1.downsamplers.0.conv",
        "unet_sd1, middle_block.2.emb_layers.1, mid_block.resnets.1.time_emb_proj",
        "unet_sd1, output_blocks.2.1.conv, up_blocks.0.upsamplers.0.conv",
        "unet_sd1, output_blocks.5.2.conv, up_blocks.1.upsamplers.0.conv",
        "unet_sd1, output_blocks.11.0.skip_connection, up_blocks.3.resnets.2.conv_shortcut",
        "unet_sdxl, label_emb.0.2, add_embedding.linear_2",
        "unet_sdxl, input_blocks.8.1.transformer_blocks.9.ff.net.0.proj, down_blocks.2.attentions.1.transformer_blocks.9.ff.net.0.proj",
        "unet_sdxl, output_blocks.2.2.conv, up_blocks.0.upsamplers.0.conv",
        "unet_sdxl, output_blocks.8.0.out_layers.3, up_blocks.2.resnets.2.conv2",
    })
    void pathsAsDiffusersHasThem(String keys, String module, String path) {
        assertThat(new DiffusersPaths(modules(keys)).of(module)).contains(path);
    }

    private static Set<String> modules(String keys) {
        byte[] list = GoldenFile.resource("/giga/diffusion/weights/keys/" + keys + ".tsv");
        return new String(list, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t")[0].replace("model.diffusion_model.", ""))
                .filter(name -> name.endsWith(".weight"))
                .map(name -> name.substring(0, name.length() - ".weight".length()))
                .collect(Collectors.toSet());
    }
}
