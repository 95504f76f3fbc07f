package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PromptChunksTest {
    private static final EmbeddingNames NO_EMBEDDINGS = EmbeddingNames.none();

    private final Tokenizer clip = Tokenizer.clip();
    private final Tokenizer openClip = Tokenizer.openClip();

    @Test
    void cutsEveryPromptAsTheWebuiDoes() {
        JsonNode vectors = Goldens.json("chunks.json").get("embeddings");
        EmbeddingNames embeddings = embeddings(clip, vectors);
        EmbeddingNames openEmbeddings = embeddings(openClip, vectors);
        for (JsonNode row : Goldens.cases("chunks.json")) {
            String text = row.get("prompt").stringValue();
            List<WeightedText> pieces = Emphasis.ORIGINAL.pieces(text);
            assertChunks(PromptChunks.of(pieces, clip, embeddings), row.get("chunks"), text);
            if (row.has("emphasis_none"))
                assertChunks(
                        PromptChunks.of(Emphasis.NONE.pieces(text), clip, embeddings), row.get("emphasis_none"), text);
            if (row.has("no_backtrack"))
                assertThat(PromptChunks.of(pieces, clip, embeddings, 0).stream()
                                .mapToInt(PromptChunksTest::contentLength))
                        .as(text)
                        .containsExactly(Arrays.stream(Goldens.ints(row.get("no_backtrack")))
                                .boxed()
                                .toArray(Integer[]::new));
            JsonNode other = row.has("open_clip") ? row.get("open_clip").get("chunks") : row.get("chunks");
            List<Chunk> padded = PromptChunks.of(pieces, openClip, openEmbeddings);
            for (int i = 0; i < padded.size(); i++)
                assertThat(padded.get(i).ids())
                        .as(text)
                        .isEqualTo(zeroAfterEnd(expected(other.get(i).get("tokens"))));
        }
    }

    /** In A1111 the vectors stay behind when what follows the last comma moves to the next chunk. */
    @Test
    void whatMovesToTheNextChunkLeavesItsVectorsBehind() {
        float[][] vectors = new float[2][1];
        EmbeddingNames style = new EmbeddingNames(clip, List.of("style-x"), name -> Optional.of(vectors));
        List<Chunk> chunks =
                PromptChunks.of(Emphasis.ORIGINAL.pieces("cat ".repeat(69) + ", a style-x dog dog dog"), clip, style);
        assertThat(chunks).hasSize(2);
        assertThat(chunks.get(0).inserts()).containsExactly(new Chunk.Insert(72, "style-x", vectors));
        assertThat(chunks.get(0).ids()[71]).isEqualTo(49407);
        assertThat(chunks.get(1).inserts()).isEmpty();
        assertThat(chunks.get(1).ids()).startsWith(49406, 320, 0, 0, 1929, 1929, 1929, 49407);
    }

    @Test
    void aTextualInversionThatFitsNoChunkIsRefused() {
        EmbeddingNames huge = new EmbeddingNames(clip, List.of("huge"), name -> Optional.of(new float[76][1]));
        assertThatThrownBy(() -> PromptChunks.of(Emphasis.ORIGINAL.pieces("a huge cat"), clip, huge))
                .isInstanceOf(ModelException.class)
                .hasMessage("The textual inversion huge has 76 vectors, and a prompt's chunk holds 75; remove it");
    }

    @Test
    void theNameOfATextualInversionForAnotherModelIsAWord() {
        EmbeddingNames other = new EmbeddingNames(
                clip,
                List.of("cat", "cat tree"),
                name -> name.equals("cat") ? Optional.of(new float[1][1]) : Optional.empty());
        assertThat(PromptChunks.of(Emphasis.ORIGINAL.pieces("cat tree"), clip, other)
                        .getFirst()
                        .ids())
                .startsWith(49406, 0, 2677, 49407);
    }

    @Test
    void fillsUpWithTheEmptyPrompt() {
        assertThat(PromptChunks.emptyChunk(clip).ids())
                .isEqualTo(of("").getFirst().ids());
        assertThat(PromptChunks.emptyChunk(openClip).ids())
                .startsWith(49406, 49407, 0)
                .endsWith(0);
    }

    @Property(tries = 500)
    void aChunkHas77IdsBetweenStartAndEnd(@ForAll String text) {
        for (Chunk chunk : PromptChunks.of(Emphasis.NONE.pieces(text), clip, NO_EMBEDDINGS)) {
            assertThat(chunk.ids()).hasSize(77).startsWith(49406).endsWith(49407);
            assertThat(chunk.weights()).hasSize(77).containsOnly(1f);
        }
    }

    @Property(tries = 200)
    void noTokenIsLost(@ForAll("prompts") String text) {
        int[] joined = PromptChunks.of(Emphasis.NONE.pieces(text), clip, NO_EMBEDDINGS).stream()
                .flatMapToInt(chunk -> Arrays.stream(chunk.ids()))
                .filter(id -> id < 49406)
                .toArray();
        assertThat(joined).isEqualTo(clip.encode(text));
    }

    @Provide
    Arbitrary<String> prompts() {
        return Arbitraries.of("cat", "dog,", "rembrandt", ", ,", "chiaroscuro,", "1665")
                .list()
                .ofMaxSize(400)
                .map(words -> String.join(" ", words));
    }

    @Test
    void tooManyChunksAreRefused() {
        assertThatThrownBy(() -> of("BREAK ".repeat(65)))
                .isInstanceOf(ModelException.class)
                .hasMessage("The prompt needs more than 64 chunks of 75 tokens; shorten it");
    }

    private List<Chunk> of(String text) {
        return PromptChunks.of(Emphasis.ORIGINAL.pieces(text), clip, NO_EMBEDDINGS);
    }

    private static EmbeddingNames embeddings(Tokenizer tokenizer, JsonNode vectors) {
        return new EmbeddingNames(
                tokenizer,
                vectors.propertyStream().map(Map.Entry::getKey).toList(),
                name -> Optional.of(new float[vectors.get(name).intValue()][1]));
    }

    private static void assertChunks(List<Chunk> chunks, JsonNode expected, String text) {
        assertThat(chunks).as(text).hasSize(expected.size());
        for (int i = 0; i < chunks.size(); i++) {
            assertThat(chunks.get(i).ids())
                    .as(text)
                    .isEqualTo(expected(expected.get(i).get("tokens")));
            assertThat(chunks.get(i).inserts())
                    .as(text)
                    .extracting(insert -> List.of(insert.row() - 1, insert.name()))
                    .isEqualTo(expected.get(i)
                            .path("fixes")
                            .valueStream()
                            .map(fix ->
                                    List.of(fix.get(0).intValue(), fix.get(1).stringValue()))
                            .toList());
            JsonNode weights = expected.get(i).path("weights");
            for (int k = 0; k < Chunk.LENGTH; k++)
                assertThat((double) chunks.get(i).weights()[k])
                        .as(text)
                        .isCloseTo(k < weights.size() ? weights.get(k).doubleValue() : 1, within(1e-6));
        }
    }

    private static int[] expected(JsonNode tokens) {
        int[] ids = new int[Chunk.LENGTH];
        Arrays.fill(ids, 49407);
        int[] head = Goldens.ints(tokens);
        System.arraycopy(head, 0, ids, 0, head.length);
        return ids;
    }

    private static int[] zeroAfterEnd(int[] ids) {
        boolean ended = false;
        for (int i = 0; i < ids.length; i++) {
            if (ended) ids[i] = 0;
            ended |= ids[i] == 49407;
        }
        return ids;
    }

    private static int contentLength(Chunk chunk) {
        int length = Chunk.CONTENT;
        while (length > 0 && chunk.ids()[length] == 49407) length--;
        return length;
    }
}
