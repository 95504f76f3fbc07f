package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.tensor.Precision;
import giga.diffusion.text.Prompt;
import giga.diffusion.text.Tokenizer;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.TensorEntry;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Textual inversions of the embedded model, made of its own words: then the result is known. */
class EmbeddingsTest {
    private static final Path MODEL = Path.of("../models/giga-mini");
    private static final int WIDTH = 128;

    @TempDir
    private static Path folder;

    private static StableDiffusion mini;

    @BeforeAll
    static void load() throws IOException {
        mini = StableDiffusion.load(MODEL, Precision.F32);
        Files.createDirectories(folder.resolve("more"));
        write("more/old-master.safetensors", Map.of("emb_params", rows("oil canvas")));
        write("wide.safetensors", Map.of("x", new float[1][768]));
        write("xl.safetensors", Map.of("clip_l", new float[2][768], "clip_g", new float[2][1280]));
        Files.writeString(folder.resolve("broken.safetensors"), "<!DOCTYPE html>");
        Files.writeString(folder.resolve("notes.txt"), "no embedding");
    }

    @AfterAll
    static void close() {
        mini.close();
    }

    @Test
    void theVectorsStandWhereTheNameStood() {
        mini.use(Embeddings.in(folder));
        float[] expected = encode("a oil canvas, sky");
        assertClose(expected, encode("a Old-Master, sky"));
        assertClose(encode("a (oil canvas:1.3)"), encode("a (old-master:1.3)"));
        mini.use(Embeddings.none());
        assertThat(encode("a old-master, sky")).isNotEqualTo(expected);
    }

    @Test
    void onlyWhatAPromptNamesIsRead() {
        Embeddings embeddings = Embeddings.in(folder);
        assertThat(embeddings.names()).containsExactlyInAnyOrder("old-master", "wide", "xl", "broken");
        mini.use(embeddings);
        encode("a old-master");
        assertThat(embeddings.used()).containsExactly("old-master");
        assertThatThrownBy(() -> encode("broken"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("broken.safetensors")
                .hasMessageContaining("web page");
    }

    /** A folder shared by models of several families is the rule, not an error. */
    @Test
    void thoseForOtherModelsAreWordsAndToldByName() {
        Embeddings embeddings = Embeddings.in(folder);
        mini.use(Embeddings.none());
        float[] words = encode("wide xl");
        mini.use(embeddings);
        assertThat(encode("wide xl")).isEqualTo(words);
        assertThat(embeddings.used()).isEmpty();
        assertThat(embeddings.passedOver())
                .containsExactly(
                        "the textual inversion wide has 768 values a vector, as SD 1.x has them, and the model takes 128: its name is read as plain words",
                        "the textual inversion xl has 768 and 1280 values a vector, as SDXL has them, and the model takes 128: its name is read as plain words");
    }

    @Test
    void linksInCirclesAreNoMatter() throws IOException {
        Path circle = Files.createDirectories(folder.resolve("circle"));
        Files.createSymbolicLink(circle.resolve("again"), circle);
        assertThat(Embeddings.in(circle).names()).isEmpty();
    }

    @Test
    void aFolderThatDoesNotExistIsEmpty() {
        assertThat(Embeddings.in(folder.resolve("none")).names()).isEmpty();
    }

    private static float[] encode(String text) {
        return mini.encode(Prompt.parse(text), TextOptions.DEFAULT, 20)
                .at(0)
                .getFirst()
                .conditioning()
                .values();
    }

    /** The model's own embeddings of a text's tokens. */
    private static float[][] rows(String text) {
        try (Checkpoint checkpoint = Checkpoint.open(MODEL)) {
            TensorEntry table =
                    checkpoint.get("cond_stage_model.transformer.text_model.embeddings.token_embedding.weight");
            assertThat(table.dtype()).isEqualTo(DType.F16);
            int[] ids =
                    Tokenizer.open(checkpoint.tokenizerFolder().orElseThrow()).encode(text);
            float[][] rows = new float[ids.length][WIDTH];
            for (int i = 0; i < ids.length; i++)
                for (int k = 0; k < WIDTH; k++)
                    rows[i][k] = Float.float16ToFloat(
                            table.data().getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, (long) ids[i] * WIDTH + k));
            return rows;
        }
    }

    /** A safetensors file of f32 tensors. */
    private static void write(String name, Map<String, float[][]> tensors) throws IOException {
        StringBuilder header = new StringBuilder();
        int size = 0;
        for (var tensor : tensors.entrySet()) {
            int rows = tensor.getValue().length;
            int bytes = 4 * rows * tensor.getValue()[0].length;
            header.append(header.isEmpty() ? "{" : ",")
                    .append("\"%s\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}"
                            .formatted(tensor.getKey(), rows, tensor.getValue()[0].length, size, size + bytes));
            size += bytes;
        }
        byte[] json = header.append('}').toString().getBytes();
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + size).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        for (float[][] rows : tensors.values()) for (float[] row : rows) for (float value : row) file.putFloat(value);
        Files.write(folder.resolve(name), file.array());
    }

    private static void assertClose(float[] expected, float[] actual) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        for (float value : expected) largest = Math.max(largest, Math.abs(value));
        assertThat(actual).containsExactly(expected, within((float) (1e-5 * largest)));
        assertThat(Arrays.equals(expected, new float[expected.length])).isFalse();
    }
}
