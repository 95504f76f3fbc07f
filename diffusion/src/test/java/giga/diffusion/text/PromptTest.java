package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PromptTest {
    @Test
    void commentsGoBeforeAnythingElse() {
        for (JsonNode row : Goldens.cases("comments.json"))
            assertThat(PromptComments.strip(row.get("prompt").stringValue()))
                    .isEqualTo(row.get("text").stringValue());
        assertThat(Prompt.parse("a (cat:1.2)\n# [a:b:0.5] AND <lora:x:1>")
                        .pieces()
                        .get(1))
                .isEqualTo(new WeightedText("cat", 1.2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a <lora:fur:0.35> b; <lora:fur:0.35> asks for a network",
                "a <hypernet:h:1>; <hypernet:h:1> asks for a network",
                "a AND b; joins several prompts with AND",
                "a cat :1.2; ends in :1.2, a weight for the whole prompt",
                "x (a [oil:ink:0.5]:1.2); [oil:ink:0.5] changes the text during sampling",
                "x [ink:3]; [ink:3] changes",
                "x [ink::3]; [ink::3] changes",
                "[fe|]male; [fe|] changes",
            })
    void grammarThatIsNotThereYetIsRefusedByName(String prompt, String message) {
        assertThatThrownBy(() -> Prompt.parse(prompt))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[a:b]", "a|b", "[a:b:c:1]", "\\[a|b\\]", "<lora>", "a < b: c", "ANDROID and", "[[a]", "(a:b:1)"
            })
    void whatOnlyLooksLikeItIsText(String prompt) {
        assertThat(Prompt.parse(prompt).pieces()).isEqualTo(AttentionParser.parse(prompt));
    }

    @Test
    void negativePromptsKnowNoAndAndNoNetworks() {
        assertThat(Prompt.parseNegative("a AND <lora:b:1>").pieces())
                .containsExactly(new WeightedText("a AND <lora:b:1>", 1));
        assertThatThrownBy(() -> Prompt.parseNegative("[a|b]")).isInstanceOf(ModelException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a:", "<a:>", "[", "(", "[a:", "[a|", "# ", "[]", " AN", "([:", "\\"})
    void theLongestPromptsTakeNoTime(String unit) {
        String prompt = unit.repeat(Tokenizer.MAX_CHARACTERS / unit.length());
        Assertions.assertTimeout(Duration.ofSeconds(8), () -> {
            try {
                Prompt.parse(prompt);
            } catch (ModelException refused) {
                assertThat(refused).hasMessageContaining("prompt");
            }
        });
    }
}
