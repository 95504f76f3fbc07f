package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffusersFolderTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeModel() throws IOException {
        TinyFolder.write(shared);
    }

    /** Config files anew for each test; the weights are linked. */
    @BeforeEach
    void copyModel() throws IOException {
        try (var files = Files.walk(shared)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(shared.relativize(file));
                Files.createDirectories(copy.getParent());
                if (file.toString().endsWith(".json")) {
                    Files.copy(file, copy);
                } else {
                    Files.createLink(copy, file);
                }
            }
        }
    }

    @Test
    void holdsTheSameAsTheSingleFile(@TempDir Path other) {
        Path file = FormulaCheckpoint.TINY_SD1.write(other.resolve("tiny.safetensors"));
        try (Checkpoint single = Checkpoint.open(file);
                Checkpoint parts = Checkpoint.open(folder)) {
            assertThat(parts.names()).isEqualTo(single.names());
            assertThat(parts.architecture()).isEqualTo(single.architecture());
            assertThat(parts.bytes()).isEqualTo(single.bytes());
            for (String name : single.names()) {
                assertThat(parts.get(name).shape())
                        .as(name)
                        .isEqualTo(single.get(name).shape());
                assertThat(parts.get(name).data().mismatch(single.get(name).data()))
                        .as(name)
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void theHalfPrecisionEditionWillDo() throws IOException {
        move("unet/diffusion_pytorch_model.safetensors", "unet/diffusion_pytorch_model.fp16.safetensors");
        assertThatCode(() -> Checkpoint.open(folder).close()).doesNotThrowAnyException();
    }

    @Test
    void shardsWillDo() throws IOException {
        move("unet/diffusion_pytorch_model.safetensors", "unet/part-1.safetensors");
        put(
                "unet/diffusion_pytorch_model.safetensors.index.json",
                "{'weight_map': {'a': 'part-1.safetensors', 'b': 'part-1.safetensors'}}");
        assertThatCode(() -> Checkpoint.open(folder).close()).doesNotThrowAnyException();
        put("unet/diffusion_pytorch_model.safetensors.index.json", "{'weight_map': {'a': '../../secret.safetensors'}}");
        refuses("unet/diffusion_pytorch_model.safetensors.index.json", "is no file of weights in this folder");
        put("unet/diffusion_pytorch_model.safetensors.index.json", "{'weight_map': {'a': 'part-2.safetensors'}}");
        refuses("unet/part-2.safetensors", "there is no such file");
    }

    @Test
    void aFolderOfSomethingElse() throws IOException {
        Files.delete(folder.resolve("scheduler/scheduler_config.json"));
        refuses("scheduler/scheduler_config.json", "it is missing or cannot be read");
        move("vae", "autoencoder");
        refuses("", "it has no folder vae");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    model_index.json                | {'_class_name': 'StableDiffusion3Pipeline'}      | for diffusers' "StableDiffusion3Pipeline"
                    unet/config.json                | {'addition_embed_type': 'text'}                  | addition_embed_type is
                    scheduler/scheduler_config.json | {'rescale_betas_zero_snr': 'yes'}                | must be true or false
                    unet/config.json                | {'addition_embed_type': 'text_time'}             | it has no folder text_encoder_2
                    scheduler/scheduler_config.json | {'_class_name': 'EDMEulerScheduler'}             | _class_name is
                    unet/config.json                | {'in_channels': 9}                               | it is Stable Diffusion 1, inpainting
                    unet/config.json                | {'in_channels': 8}                               | it is InstructPix2Pix
                    unet/config.json                | {'in_channels': 7}                               | it is Stable Diffusion x4 upscaler
                    unet/config.json                | {'in_channels': 9, 'cross_attention_dim': 1024}  | it is Stable Diffusion 2, inpainting
                    unet/config.json                | {'downsample_padding': 0}                        | downsample_padding is "0"; supported: 1
                    unet/config.json                | {'resnet_skip_time_act': true}                   | resnet_skip_time_act is "true"; supported: false
                    unet/config.json                | {'attention_head_dim': [5, 10, 20, 20]}          | the same number of heads at every level
                    unet/config.json                | {'attention_head_dim': 5}                        | do not divide into 5 attention heads
                    unet/config.json                | {'attention_head_dim': 0}                        | must be a whole number above 0
                    unet/config.json                | {'attention_head_dim': 'eight'}                  | must be a whole number above 0
                    unet/config.json                | {'attention_head_dim': []}                       | must be a list of 1 to 64 numbers
                    unet/config.json                | {'class_embed_type': 'timestep'}                 | class_embed_type is
                    unet/config.json                | {'norm_num_groups': 16}                          | norm_num_groups is "16"; supported: 32
                    unet/config.json | {'act_fn': {'a': 1}} | act_fn is
                    unet/config.json | {'attention_head_dim': 10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000} | must be a whole number above 0
                    vae/config.json | {'scaling_factor': 10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000} | scaling_factor must be a number above 0
                    unet/config.json                | []                                               | it is not a JSON object
                    unet/config.json                | {                                                | it is not JSON
                    vae/config.json                 | {'_class_name': 'AutoencoderDC'}                 | supported: AutoencoderKL or AutoencoderTiny
                    vae/config.json                 | {'act_fn': 'relu'}                               | act_fn is "relu"; supported: silu
                    vae/config.json                 | {'_class_name': 'AutoencoderTiny', 'latent_magnitude': 4} | latent_magnitude is "4"; supported: 3
                    vae/config.json                 | {'_class_name': 'AutoencoderTiny', 'act_fn': 'silu'} | supported: relu
                    vae/config.json                 | {'_class_name': 'AutoencoderTiny'}               | it has no autoencoder's encoder
                    vae/config.json                 | {'scaling_factor': 0}                            | scaling_factor must be a number above 0
                    vae/config.json                 | {'scaling_factor': 1e999}                        | scaling_factor must be a number above 0
                    vae/config.json                 | {'latent_channels': 16}                          | supported: 4
                    text_encoder/config.json        | {'hidden_act': 'relu', 'num_attention_heads': 2} | supported: quick_gelu and gelu
                    scheduler/scheduler_config.json | {'prediction_type': 'sample'}                    | supported: epsilon and v_prediction
                    scheduler/scheduler_config.json | {'beta_schedule': 'linear'}                      | supported: scaled_linear
                    """, quoteCharacter = '`')
    void refusesWhatItWouldComputeWrongly(String file, String config, String fault) throws IOException {
        put(file, config);
        refuses("", fault);
    }

    @Test
    void aTokenizerIsFound() throws IOException {
        try (Checkpoint model = Checkpoint.open(folder)) {
            assertThat(model.tokenizerFolder()).isEqualTo(Optional.empty());
        }
        Files.createDirectory(folder.resolve("tokenizer"));
        try (Checkpoint model = Checkpoint.open(folder)) {
            assertThat(model.tokenizerFolder()).contains(folder.resolve("tokenizer"));
        }
    }

    @Test
    void mutatedConfigsAreReadOrRefused() throws IOException {
        Random random = new Random(4);
        String[] pieces = {"\"", "{", "}", "[", "]", ",", "-1", "1e9", "null", "99999999999", "\\", "é", "true", "0.5"};
        for (String file :
                Set.of("unet/config.json", "vae/config.json", "text_encoder/config.json", "model_index.json")) {
            String good = Files.readString(folder.resolve(file));
            for (int i = 0; i < 150; i++) {
                int from = random.nextInt(good.length());
                int to = Math.min(good.length(), from + random.nextInt(6));
                Files.writeString(
                        folder.resolve(file),
                        good.substring(0, from) + pieces[random.nextInt(pieces.length)] + good.substring(to));
                try {
                    Checkpoint.open(folder).close();
                } catch (ModelException e) {
                    assertThat(e.getMessage()).startsWith(folder.toString()).doesNotContain("\n");
                }
            }
            Files.writeString(folder.resolve(file), good);
        }
    }

    private void refuses(String file, String fault) {
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isExactlyInstanceOf(ModelException.class)
                .hasMessageStartingWith(folder.resolve(file).toString())
                .hasMessageContaining(fault);
    }

    private void put(String file, String json) throws IOException {
        TinyFolder.put(folder, file, json.replace('\'', '"'));
    }

    private void move(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to));
    }
}
