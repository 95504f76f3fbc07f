package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.ModelException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PromptTest {
    private static final Tokenizer CLIP = Tokenizer.clip();

    /** Comments, networks, AND, schedule, emphasis, chunks in the webui's order. */
    @Test
    void everythingTogetherIsTheWebuis() {
        JsonNode vectors = Goldens.json("chunks.json").get("embeddings");
        EmbeddingNames embeddings = new EmbeddingNames(
                CLIP,
                vectors.propertyStream().map(Map.Entry::getKey).toList(),
                name -> Optional.of(new float[vectors.get(name).intValue()][1]));
        for (JsonNode row : Goldens.cases("pipeline.json")) {
            String text = row.get("prompt").stringValue();
            Prompt prompt = Prompt.parse(text);
            assertThat(prompt.loras()).hasSize(row.get("networks").path("lora").size());
            assertThat(prompt.parts()).as(text).hasSize(row.get("parts").size());
            for (int i = 0; i < prompt.parts().size(); i++) {
                JsonNode expected = row.get("parts").get(i);
                Prompt.Part part = prompt.parts().get(i);
                assertThat(part.weight()).isEqualTo(expected.get("weight").doubleValue());
                List<PromptEditing.Entry> schedule = part.editing().schedule(20);
                assertThat(schedule)
                        .isEqualTo(expected.get("schedule")
                                .valueStream()
                                .map(entry -> new PromptEditing.Entry(
                                        entry.get(0).intValue(), entry.get(1).stringValue()))
                                .toList());
                assertChunks(expected.get("first_chunks"), schedule.getFirst().text(), embeddings);
                assertChunks(expected.get("last_chunks"), schedule.getLast().text(), embeddings);
            }
        }
    }

    private static void assertChunks(JsonNode expected, String text, EmbeddingNames embeddings) {
        List<Chunk> chunks = PromptChunks.of(Emphasis.ORIGINAL.pieces(text), CLIP, embeddings);
        assertThat(chunks).as(text).hasSize(expected.size());
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            assertThat(chunk.ids())
                    .as(text)
                    .startsWith(Goldens.ints(expected.get(i).get("tokens")));
            JsonNode weights = expected.get(i).path("weights");
            for (int k = 0; k < Chunk.LENGTH; k++)
                assertThat((double) chunk.weights()[k])
                        .as(text)
                        .isCloseTo(k < weights.size() ? weights.get(k).doubleValue() : 1, within(1e-6));
            assertThat(chunk.inserts()).hasSize(expected.get(i).path("fixes").size());
        }
    }

    @Test
    void commentsGoBeforeAnythingElse() {
        for (JsonNode row : Goldens.cases("comments.json"))
            assertThat(PromptComments.strip(row.get("prompt").stringValue()))
                    .isEqualTo(row.get("text").stringValue());
        Prompt prompt = Prompt.parse("a (cat:1.2)\n# [a:b:0.5] AND <lora:x:1>");
        assertThat(prompt.loras()).isEmpty();
        assertThat(prompt.parts()).hasSize(1);
        assertThat(prompt.parts().getFirst().editing().schedule(20)).hasSize(1);
    }

    @Test
    void partsAreReadOneByOne() {
        Prompt prompt = Prompt.parse("a [b:c:3] <lora:fur:0.35> AND [d|e] :-0.5");
        assertThat(prompt.loras()).containsExactly(new LoraTag("fur", 0.35, 0.35, OptionalInt.empty()));
        assertThat(prompt.parts()).extracting(Prompt.Part::weight).containsExactly(1.0, -0.5);
        assertThat(prompt.parts().get(0).editing().schedule(5))
                .containsExactly(new PromptEditing.Entry(3, "a b"), new PromptEditing.Entry(5, "a c"));
        assertThat(prompt.parts().get(1).editing().schedule(5))
                .extracting(PromptEditing.Entry::text)
                .containsExactly(" d", " e", " d", " e", " d");
    }

    @Test
    void negativePromptsChangeButKnowNoAndAndNoNetworks() {
        Prompt prompt = Prompt.parseNegative("a AND <lora:b:1> :2 [c:1]");
        assertThat(prompt.loras()).isEmpty();
        assertThat(prompt.parts()).hasSize(1);
        assertThat(prompt.parts().getFirst().weight()).isEqualTo(1);
        assertThat(prompt.parts().getFirst().editing().schedule(2))
                .containsExactly(
                        new PromptEditing.Entry(1, "a AND <lora:b:1> :2 "),
                        new PromptEditing.Entry(2, "a AND <lora:b:1> :2 c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a:b]", "a|b", "[a:b:c:1]", "\\[a|b\\]", "<lora>", "a < b: c", "ANDROID and", "[[a]"})
    void whatOnlyLooksLikeGrammarIsText(String text) {
        Prompt prompt = Prompt.parse(text);
        assertThat(prompt.parts()).hasSize(1);
        assertThat(prompt.parts().getFirst().editing().schedule(20)).containsExactly(new PromptEditing.Entry(20, text));
    }

    /** Each of these makes a naive implementation quadratic; measured: less than half a second. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a:",
                "<a:>",
                "[",
                "(",
                "[a:",
                "[a|",
                "# ",
                "[]",
                " AN",
                "([:",
                "\\",
                "[a|b]",
                "[a:b:1]",
                "(a:1.1)",
                "AND ",
                ":(",
                "\uD83D",
                "🎨",
                "[(:1]",
                "[:1]",
                "|",
                "[a:b:.1",
                "<lora:a:1>",
                "\n#",
                "a "
            })
    void theLongestPromptsTakeNoTime(String unit) {
        String text = unit.repeat(Tokenizer.MAX_CHARACTERS / unit.length());
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            try {
                Prompt prompt = Prompt.parse(text);
                String last = prompt.parts()
                        .getFirst()
                        .editing()
                        .schedule(40)
                        .getLast()
                        .text();
                PromptChunks.of(Emphasis.ORIGINAL.pieces(last), CLIP, EmbeddingNames.none());
            } catch (ModelException refused) {
                assertThat(refused).hasMessageContaining("prompt");
            }
        });
    }

    @Test
    void tooManyTextsOverTheStepsAreRefused() {
        Prompt prompt = Prompt.parse("[cat|dog]".repeat(14_000));
        assertThatThrownBy(() -> prompt.parts().getFirst().editing().schedule(2000))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("over 2000 steps it comes to more than 32 million characters");
    }
}
