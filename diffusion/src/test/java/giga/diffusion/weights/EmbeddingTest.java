package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTest {
    private static final Path GOLDENS = Path.of("src/test/resources/prompts");

    @TempDir
    private Path folder;

    @Test
    void readsTheFilesOfA1111() {
        Embedding embedding = Embedding.open(GOLDENS.resolve("embedding_a1111.safetensors"));
        assertThat(embedding.name()).isEqualTo("embedding_a1111");
        assertThat(embedding.vectors()).isEqualTo(2);
        assertThat(embedding.fits(List.of(768))).isTrue();
        assertThat(embedding.fits(List.of(1024))).isFalse();
        assertThat(embedding.fits(List.of(768, 1280))).isFalse();
    }

    @Test
    void readsThoseOfSdxl() {
        Embedding embedding = Embedding.open(GOLDENS.resolve("embedding_sdxl.safetensors"));
        assertThat(embedding.vectors()).isEqualTo(2);
        assertThat(embedding.fits(List.of(768, 1280))).isTrue();
        assertThat(embedding.describe()).isEqualTo("768 and 1280 values a vector, as SDXL has them");
    }

    @Test
    void readsEveryFormatAndASingleVector() throws IOException {
        byte[] f32 = bytes(12).putFloat(0.5f).putFloat(-2).putFloat(1).array();
        byte[] f16 = bytes(6).putShort((short) 0x3800)
                .putShort((short) 0xC000)
                .putShort((short) 0x3C00)
                .array();
        byte[] bf16 = bytes(6).putShort((short) 0x3F00)
                .putShort((short) 0xC000)
                .putShort((short) 0x3F80)
                .array();
        byte[] f64 = bytes(24).putDouble(0.5).putDouble(-2).putDouble(1).array();
        assertThat(single("F32", "[3]", f32)).containsExactly(0.5f, -2, 1);
        assertThat(single("F16", "[1,3]", f16)).containsExactly(0.5f, -2, 1);
        assertThat(single("BF16", "[3]", bf16)).containsExactly(0.5f, -2, 1);
        assertThat(single("F64", "[3]", f64)).containsExactly(0.5f, -2, 1);
    }

    @Test
    void ofAllThatATrainingLeavesOnlyTheVectorsCount() throws IOException {
        Path file = write(
                "{'string_to_token.*':{'dtype':'I64','shape':[],'data_offsets':[0,8]},"
                        + "'string_to_param.*':{'dtype':'F32','shape':[1,1],'data_offsets':[8,12]}}",
                bytes(12).putLong(265).putFloat(0.5f).array());
        assertThat(Embedding.open(file).parts().getFirst()[0]).containsExactly(0.5f);
    }

    @Test
    void whatIsNoTextualInversionIsRefusedByName() throws IOException {
        assertRefused(write("{'a':{'dtype':'I32','shape':[2],'data_offsets':[0,8]}}", new byte[8]), "type I32");
        assertRefused(write("{'a':{'dtype':'F32','shape':[1,1,2],'data_offsets':[0,8]}}", new byte[8]), "[1, 1, 2]");
        assertRefused(write("{'a':{'dtype':'F32','shape':[0,2],'data_offsets':[0,0]}}", new byte[0]), "[0, 2]");
        assertRefused(
                write(
                        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
                        bytes(4).putFloat(Float.NaN).array()),
                "not finite");
        assertRefused(
                write(
                        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
                        new byte[8]),
                "2 tensors");
        assertRefused(
                write(
                        "{'clip_l':{'dtype':'F32','shape':[1,1],'data_offsets':[0,4]},'clip_g':{'dtype':'F32','shape':[2,1],'data_offsets':[4,12]}}",
                        new byte[12]),
                "different numbers of vectors");
    }

    @Test
    void mutatedFilesAreReadOrRefused() throws IOException {
        byte[] good = Files.readAllBytes(GOLDENS.resolve("embedding_sdxl.safetensors"));
        Random random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] mutated = good.clone();
            for (int k = random.nextInt(4); k >= 0; k--) mutated[random.nextInt(200)] = (byte) random.nextInt(256);
            Path file = Files.write(folder.resolve("mutated.safetensors"), mutated);
            try {
                assertThat(Embedding.open(file).vectors()).isPositive();
            } catch (ModelException e) {
                assertThat(e).hasMessageContaining("mutated.safetensors");
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 2999);
    }

    private float[] single(String dtype, String shape, byte[] data) throws IOException {
        Embedding embedding = Embedding.open(write(
                "{'x':{'dtype':'%s','shape':%s,'data_offsets':[0,%d]}}".formatted(dtype, shape, data.length), data));
        assertThat(embedding.vectors()).isEqualTo(1);
        return embedding.parts().getFirst()[0];
    }

    private void assertRefused(Path file, String fragment) {
        assertThatThrownBy(() -> Embedding.open(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(fragment);
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes();
        return Files.write(
                folder.resolve("my.safetensors"),
                bytes(8 + json.length + data.length)
                        .putLong(json.length)
                        .put(json)
                        .put(data)
                        .array());
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
