package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.ModelException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PromptChunksTest {
    private final Tokenizer clip = Tokenizer.clip();
    private final Tokenizer openClip = Tokenizer.openClip();

    @Test
    void cutsEveryPromptAsTheWebuiDoes() {
        int checked = 0;
        for (JsonNode row : Goldens.cases("chunks.json")) {
            if (row.toString().contains("\"fixes\"")) continue; // textual inversion
            String text = row.get("prompt").stringValue();
            Prompt prompt = Prompt.parse(text);
            assertChunks(PromptChunks.of(prompt, clip), row.get("chunks"), text);
            if (row.has("emphasis_none"))
                assertChunks(PromptChunks.of(Prompt.plain(text), clip), row.get("emphasis_none"), text);
            if (row.has("no_backtrack"))
                assertThat(PromptChunks.of(prompt, clip, 0).stream().mapToInt(PromptChunksTest::contentLength))
                        .as(text)
                        .containsExactly(Arrays.stream(Goldens.ints(row.get("no_backtrack")))
                                .boxed()
                                .toArray(Integer[]::new));
            JsonNode other = row.has("open_clip") ? row.get("open_clip").get("chunks") : row.get("chunks");
            List<Chunk> padded = PromptChunks.of(prompt, openClip);
            for (int i = 0; i < padded.size(); i++)
                assertThat(padded.get(i).ids())
                        .as(text)
                        .isEqualTo(zeroAfterEnd(expected(other.get(i).get("tokens"))));
            checked++;
        }
        assertThat(checked).isGreaterThan(30);
    }

    @Test
    void fillsUpWithTheEmptyPrompt() {
        assertThat(PromptChunks.emptyChunk(clip).ids())
                .isEqualTo(PromptChunks.of(Prompt.parse(""), clip).getFirst().ids());
        assertThat(PromptChunks.emptyChunk(openClip).ids())
                .startsWith(49406, 49407, 0)
                .endsWith(0);
    }

    @Property(tries = 500)
    void aChunkHas77IdsBetweenStartAndEnd(@ForAll String text) {
        for (Chunk chunk : PromptChunks.of(Prompt.plain(text), clip)) {
            assertThat(chunk.ids()).hasSize(77).startsWith(49406).endsWith(49407);
            assertThat(chunk.weights()).hasSize(77).containsOnly(1f);
        }
    }

    @Property(tries = 200)
    void noTokenIsLost(@ForAll("prompts") String text) {
        int[] joined = PromptChunks.of(Prompt.plain(text), clip).stream()
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
        assertThatThrownBy(() -> PromptChunks.of(Prompt.parse("BREAK ".repeat(65)), clip))
                .isInstanceOf(ModelException.class)
                .hasMessage("The prompt needs more than 64 chunks of 75 tokens; shorten it");
    }

    private static void assertChunks(List<Chunk> chunks, JsonNode expected, String text) {
        assertThat(chunks).as(text).hasSize(expected.size());
        for (int i = 0; i < chunks.size(); i++) {
            assertThat(chunks.get(i).ids())
                    .as(text)
                    .isEqualTo(expected(expected.get(i).get("tokens")));
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
