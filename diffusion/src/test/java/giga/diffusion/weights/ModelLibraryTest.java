package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLibraryTest {
    @TempDir
    Path home;

    private ModelLibrary library() {
        return new ModelLibrary(home.resolve("none"), home);
    }

    private Path put(String file) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.createFile(path);
    }

    @Test
    void everyKindInA1111sFolders() throws IOException {
        Path model = put("models/Stable-diffusion/sd15.safetensors");
        Path old = put("models/Stable-diffusion/old/v1.ckpt");
        Path lora = put("models/Lora/detail.safetensors");
        Path locon = put("models/LyCORIS/style.pt");
        Path vae = put("models/VAE/anime.vae.pt");
        Path besideModel = put("models/Stable-diffusion/sd15.vae.safetensors");
        Path embedding = put("embeddings/bad-hands.pt");
        Path upscaler = put("models/ESRGAN/4x.pth");
        put("models/Stable-diffusion/sd15.png");
        put("models/Stable-diffusion/sd15.toml");
        put("models/Lora/detail.json");
        assertThat(library().list()).containsExactly(model, old);
        assertThat(library().list(Shelf.LORA)).containsExactly(lora, locon);
        assertThat(library().list(Shelf.VAE)).containsExactly(vae, besideModel);
        assertThat(library().list(Shelf.EMBEDDING)).containsExactly(embedding);
        assertThat(library().list(Shelf.UPSCALER)).containsExactly(upscaler);
        assertThat(library().folders(Shelf.EMBEDDING)).containsExactly(home.resolve("embeddings"));
    }

    @Test
    void everyKindInComfyUIsFolders() throws IOException {
        Path model = put("models/checkpoints/xl/sdxl.safetensors");
        Path lora = put("models/loras/detail.safetensors");
        Path vae = put("models/vae/sdxl_vae.safetensors");
        Path embedding = put("models/embeddings/bad-hands.safetensors");
        Path upscaler = put("models/upscale_models/4x.pth");
        for (ModelLibrary library :
                List.of(library(), new ModelLibrary(home.resolve("none"), home.resolve("models")))) {
            assertThat(library.list()).containsExactly(model);
            assertThat(library.list(Shelf.LORA)).containsExactly(lora);
            assertThat(library.list(Shelf.VAE)).containsExactly(vae);
            assertThat(library.list(Shelf.EMBEDDING)).containsExactly(embedding);
            assertThat(library.list(Shelf.UPSCALER)).containsExactly(upscaler);
        }
    }

    @Test
    void aDiffusersFolderIsOneModel() throws IOException {
        put("models/Stable-diffusion/turbo/model_index.json");
        put("models/Stable-diffusion/turbo/unet/diffusion_pytorch_model.safetensors");
        put("models/VAE/ft-mse/config.json");
        put("models/VAE/ft-mse/diffusion_pytorch_model.safetensors");
        assertThat(library().list()).containsExactly(home.resolve("models/Stable-diffusion/turbo"));
        assertThat(library().list(Shelf.VAE)).containsExactly(home.resolve("models/VAE/ft-mse"));
    }

    @Test
    void namesInEveryForm() throws IOException {
        Path model = put("models/Stable-diffusion/anime/Counterfeit-V3.0.safetensors");
        for (String name : List.of(
                "Counterfeit-V3.0",
                "counterfeit-v3.0",
                "Counterfeit-V3.0.safetensors",
                "anime/Counterfeit-V3.0",
                "anime\\Counterfeit-V3.0.safetensors",
                "Counterfeit-V3.0 [cbfba64e66]",
                "Counterfeit-V3.0.safetensors [cbfba64e66]",
                " Counterfeit-V3.0 ",
                model.toString())) assertThat(library().find(name)).as(name).isEqualTo(model);
    }

    @Test
    void theExactNameGoesFirst() throws IOException {
        put("models/Lora/a/Ink.safetensors");
        Path lower = put("models/Lora/b/ink.safetensors");
        Path above = put("models/Lora/INK2.safetensors");
        put("models/Lora/c/INK2.safetensors");
        assertThat(library().find(Shelf.LORA, "ink")).isEqualTo(lower);
        assertThat(library().find(Shelf.LORA, "INK2")).isEqualTo(above);
    }

    @Test
    void aLoraAlsoByTheNameThatItsMakerGaveIt() throws IOException {
        byte[] header = "{\"__metadata__\":{\"ss_output_name\":\"Fine Lines\"}}".getBytes(StandardCharsets.UTF_8);
        Path lora = put("models/Lora/fl-000012.safetensors");
        put("models/Lora/damaged.safetensors");
        Files.write(
                lora,
                ByteBuffer.allocate(8 + header.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .array());
        assertThat(library().find(Shelf.LORA, "fine lines")).isEqualTo(lora);
    }

    @Test
    void whatIsMissingEndsInASentenceWithTheNearestNames() throws IOException {
        assertThatThrownBy(() -> library().find(Shelf.LORA, "x"))
                .isInstanceOf(ModelException.class)
                .hasMessage("there is no LoRA 'x', neither as a path nor below " + home
                        + ", which has no folder models/Lora; put its file there or give its path");
        put("models/Lora/detail-tweaker.safetensors");
        put("models/Lora/inkwash.safetensors");
        put("models/Lora/something-quite-different.safetensors");
        put("models/Lora/zebra.safetensors");
        assertThatThrownBy(() -> library().find(Shelf.LORA, "detail"))
                .hasMessageContaining("did you mean detail-tweaker, ")
                .hasMessageNotContaining("something");
        assertThatThrownBy(() -> library().find(Shelf.LORA, "inkwsh")).hasMessageContaining("did you mean inkwash");
        assertThatThrownBy(() -> library().find("\0")).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> library().find("")).isInstanceOf(ModelException.class);
    }

    @Test
    void linksInCirclesAndClosedFoldersArePassedOver() throws IOException {
        Path model = put("models/Stable-diffusion/sd15.safetensors");
        Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve("linked.safetensors"));
        Files.createSymbolicLink(model.resolveSibling("more"), elsewhere);
        Files.createSymbolicLink(elsewhere.resolve("back"), model.getParent());
        Files.createSymbolicLink(model.resolveSibling("gone.safetensors"), home.resolve("nowhere"));
        Path closed = Files.createDirectories(model.resolveSibling("closed"));
        Files.createFile(closed.resolve("secret.safetensors"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        List<Path> found = library().list();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        assertThat(found).contains(model, model.resolveSibling("more/linked.safetensors"));
        assertThat(library().find("linked")).isEqualTo(model.resolveSibling("more/linked.safetensors"));
        assertThat(found).noneMatch(path -> path.toString().contains("gone"));
        assumeFalse(System.getProperty("user.name").equals("root"));
        assertThat(found).noneMatch(path -> path.toString().contains("secret"));
    }

    @Test
    void aFolderThatHappensToHaveTheNameIsNoModel() throws IOException {
        Path lora = put("models/Lora/models.safetensors");
        assertThat(new ModelLibrary(home, home).find(Shelf.LORA, "models")).isEqualTo(lora);
        assertThat(library().find(Shelf.LORA, home.toString())).isEqualTo(home);
    }
}
