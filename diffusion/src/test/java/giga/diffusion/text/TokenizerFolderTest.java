package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TokenizerFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void copyTheSmallModelsTokenizer() throws IOException, URISyntaxException {
        Path source = Path.of(getClass().getResource("/prompts/mini-tokenizer").toURI());
        for (String name : new String[] {"vocab.json", "merges.txt", "special_tokens_map.json"})
            Files.copy(source.resolve(name), folder.resolve(name));
    }

    @Test
    void chunksAreThoseTheSmallModelWasTrainedOn() {
        Tokenizer tokenizer = Tokenizer.open(folder);
        assertThat(tokenizer.vocabularySize()).isEqualTo(4114);
        for (JsonNode row : Goldens.cases("mini.json")) {
            List<WeightedText> pieces =
                    Emphasis.ORIGINAL.pieces(row.get("prompt").stringValue());
            assertThat(PromptChunks.of(pieces, tokenizer, EmbeddingNames.none()))
                    .singleElement()
                    .satisfies(chunk -> assertThat(chunk.ids()).isEqualTo(Goldens.ints(row.get("ids"))));
        }
    }

    @Test
    void thePadTokenIsTheFoldersOwn() throws IOException {
        write("special_tokens_map.json", "{\"pad_token\": {\"content\": \"!\"}}");
        Tokenizer tokenizer = Tokenizer.open(folder);
        assertThat(tokenizer.padId()).isZero();
        int[] ids = PromptChunks.emptyChunk(tokenizer).ids();
        assertThat(ids).startsWith(4112, 4113, 0, 0).endsWith(0, 0);
        Files.delete(folder.resolve("special_tokens_map.json"));
        assertThat(Tokenizer.open(folder).padId()).isEqualTo(4113);
    }

    @Test
    void errorsNameTheFile() throws IOException {
        write("special_tokens_map.json", "{\"pad_token\": 7}");
        assertRefused("special_tokens_map.json", "pad_token");
        write("merges.txt", "#version\nt h\nt h e\n");
        assertRefused("merge 2 is \"t h e\"");
        write("merges.txt", "#version\nzz zz\n");
        assertRefused("lacks the symbol \"zzzz\"");
        Files.write(folder.resolve("merges.txt"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        assertRefused("merges.txt is not UTF-8");
        Files.delete(folder.resolve("merges.txt"));
        assertRefused("merges.txt is missing");
        write("vocab.json", "{\"a\": -1}");
        assertRefused("vocab.json", "the id of \"a\"");
        write("vocab.json", "[".repeat(100_000));
        assertRefused("vocab.json is not valid JSON");
        write("vocab.json", "[]");
        assertRefused("vocab.json does not hold an object");
        Files.write(folder.resolve("vocab.json"), new byte[5 << 20]);
        assertRefused("vocab.json has 5242880 bytes");
        Files.delete(folder.resolve("vocab.json"));
        Files.createDirectory(folder.resolve("vocab.json"));
        assertRefused("vocab.json is missing");
    }

    @Test
    void damagedFilesEitherLoadOrAreRefused() throws IOException {
        Random random = new Random(7);
        for (String name : new String[] {"vocab.json", "merges.txt", "special_tokens_map.json"}) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            for (int round = 0; round < 60; round++) {
                Files.write(folder.resolve(name), mutate(whole, random));
                try {
                    Tokenizer tokenizer = Tokenizer.open(folder);
                    assertThat(Arrays.stream(tokenizer.encode("a harbour at dawn, oil"))
                                    .boxed())
                            .allMatch(id -> id >= 0 && id < tokenizer.vocabularySize());
                } catch (ModelException e) {
                    assertThat(e).hasMessageContaining(folder.toString());
                }
            }
            Files.write(folder.resolve(name), whole);
        }
    }

    private static byte[] mutate(byte[] whole, Random random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(whole.length + 1) : whole.length;
        byte[] bytes = Arrays.copyOf(whole, length);
        for (int i = random.nextInt(4); i > 0 && length > 0; i--)
            bytes[random.nextInt(length)] = (byte) random.nextInt(128);
        return bytes;
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContainingAll(parts);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
