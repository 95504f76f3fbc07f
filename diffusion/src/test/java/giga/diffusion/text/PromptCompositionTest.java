package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PromptCompositionTest {
    @Test
    void partsAndWeightsAreTheWebuis() {
        for (JsonNode row : Goldens.cases("composition.json")) {
            String prompt = row.get("prompt").stringValue();
            List<WeightedText> expected = row.get("parts")
                    .valueStream()
                    .map(part -> new WeightedText(
                            part.get(0).stringValue(), part.get(1).doubleValue()))
                    .toList();
            assertThat(PromptComposition.parse(prompt)).as(prompt).isEqualTo(expected);
        }
    }

    @Test
    void networksAreTheWebuis() {
        for (JsonNode row : Goldens.cases("networks.json")) {
            String prompt = row.get("prompt").stringValue();
            PromptNetworks networks = PromptNetworks.parse(prompt);
            assertThat(networks.text()).as(prompt).isEqualTo(row.get("text").stringValue());
            row.get("networks")
                    .propertyStream()
                    .forEach(type -> assertThat(arguments(networks, type.getKey()))
                            .as(prompt)
                            .isEqualTo(type.getValue()
                                    .valueStream()
                                    .map(tag -> tag.valueStream()
                                            .map(JsonNode::stringValue)
                                            .toList())
                                    .toList()));
            assertThat(networks.tags().stream().map(PromptNetworks.Tag::type).distinct())
                    .hasSize(row.get("networks").size());
            assertLoras(networks, row.get("lora"), prompt);
        }
    }

    private static List<List<String>> arguments(PromptNetworks networks, String type) {
        return networks.tags().stream()
                .filter(tag -> tag.type().equals(type))
                .map(PromptNetworks.Tag::arguments)
                .toList();
    }

    private static void assertLoras(PromptNetworks networks, JsonNode expected, String prompt) {
        List<PromptNetworks.Tag> tags = networks.tags().stream()
                .filter(tag -> tag.type().equals("lora"))
                .toList();
        assertThat(tags).as(prompt).hasSize(expected.size());
        for (int i = 0; i < tags.size(); i++) {
            PromptNetworks.Tag tag = tags.get(i);
            JsonNode lora = expected.get(i);
            if (lora.isNull())
                assertThatThrownBy(() -> LoraTag.of(tag))
                        .isInstanceOf(ModelException.class)
                        .hasMessageContaining(tag.source());
            else
                assertThat(LoraTag.of(tag))
                        .isEqualTo(new LoraTag(
                                lora.get("name").stringValue(),
                                lora.get("te").doubleValue(),
                                lora.get("unet").doubleValue(),
                                lora.get("dyn").isNull()
                                        ? OptionalInt.empty()
                                        : OptionalInt.of(lora.get("dyn").intValue())));
        }
    }

    /** Comments, networks, AND, schedule, emphasis, chunks in the webui's order. */
    @Test
    void allTogetherGivesTheWebuisChunks() {
        Tokenizer clip = Tokenizer.clip();
        int checked = 0;
        for (JsonNode row : Goldens.cases("pipeline.json")) {
            if (row.toString().contains("\"fixes\"")) continue; // textual inversion
            String prompt = row.get("prompt").stringValue();
            List<WeightedText> parts = PromptComposition.parse(
                    PromptNetworks.parse(PromptComments.strip(prompt)).text());
            assertThat(parts).as(prompt).hasSize(row.get("parts").size());
            for (int i = 0; i < parts.size(); i++) {
                JsonNode expected = row.get("parts").get(i);
                assertThat(parts.get(i).weight())
                        .isEqualTo(expected.get("weight").doubleValue());
                List<PromptEditing.Entry> schedule =
                        PromptEditing.parse(parts.get(i).text()).schedule(20);
                assertThat(schedule)
                        .isEqualTo(expected.get("schedule")
                                .valueStream()
                                .map(entry -> new PromptEditing.Entry(
                                        entry.get(0).intValue(), entry.get(1).stringValue()))
                                .toList());
                assertStartsWith(
                        expected.get("first_chunks"), schedule.getFirst().text(), clip);
                assertStartsWith(expected.get("last_chunks"), schedule.getLast().text(), clip);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(6);
    }

    private static void assertStartsWith(JsonNode expected, String text, Tokenizer clip) {
        List<Chunk> chunks = PromptChunks.of(new Prompt(AttentionParser.parse(text)), clip);
        assertThat(chunks).as(text).hasSize(expected.size());
        for (int i = 0; i < chunks.size(); i++)
            assertThat(chunks.get(i).ids())
                    .as(text)
                    .startsWith(Goldens.ints(expected.get(i).get("tokens")));
    }
}
