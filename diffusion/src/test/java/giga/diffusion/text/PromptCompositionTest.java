package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

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

    @Test
    void onlyWhatA1111KnowsIsTakenSeriously() {
        assertThat(PromptNetworks.parse("<lyco:a:0.5><lora:b><foo:bar>").loras())
                .extracting(LoraTag::name, LoraTag::te)
                .containsExactly(tuple("a", 0.5), tuple("b", 1.0));
        assertThatThrownBy(() -> PromptNetworks.parse("a <hypernet:h:1>").loras())
                .isInstanceOf(ModelException.class)
                .hasMessage("The prompt's <hypernet:h:1> asks for a hypernetwork, which is not supported; remove it");
    }

    @Test
    void partsThatNoRunCouldBearAreRefused() {
        assertThatThrownBy(() -> PromptComposition.parse("a AND ".repeat(64)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("more than 64 parts with AND");
        assertThatThrownBy(() -> PromptComposition.parse("a :" + "9".repeat(400)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("give one from -1000 to 1000");
    }
}
