package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.ModelException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AttentionParserTest {
    @Test
    void readsEveryPromptAsTheWebuiDoes() {
        for (JsonNode row : Goldens.cases("attention.json")) {
            String prompt = row.get("prompt").stringValue();
            List<WeightedText> pieces = AttentionParser.parse(prompt);
            JsonNode expected = row.get("parsed");
            assertThat(pieces).as(prompt).hasSize(expected.size());
            for (int i = 0; i < pieces.size(); i++) {
                assertThat(pieces.get(i).text())
                        .as(prompt)
                        .isEqualTo(expected.get(i).get(0).stringValue());
                assertThat(pieces.get(i).weight())
                        .as(prompt)
                        .isCloseTo(expected.get(i).get(1).doubleValue(), within(1e-9));
            }
        }
    }

    @Property
    void nestedBracketsMultiply(
            @ForAll @IntRange(max = 30) int round,
            @ForAll @IntRange(max = 30) int square,
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 9) String word) {
        String prompt = "(".repeat(round) + "[".repeat(square) + word + "]".repeat(square) + ")".repeat(round);
        WeightedText piece = AttentionParser.parse(prompt).getFirst();
        assertThat(piece.text()).isEqualTo(word);
        assertThat(piece.weight()).isCloseTo(Math.pow(1.1, round - square), within(1e-9 * piece.weight()));
    }

    @Property(tries = 3000)
    void noBracketsAreAnError(
            @ForAll @Chars({'(', ')', '[', ']', '\\', ':', '1', 'a', ' ', ','}) @StringLength(max = 40) String prompt) {
        assertThat(AttentionParser.parse(prompt)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a:1.2.3)", "(a:.)", "(a:...)"})
    void weightsThatAreNoNumbersAreRefused(String prompt) {
        assertThatThrownBy(() -> AttentionParser.parse(prompt))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not a number");
    }

    @Test
    void weightsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> AttentionParser.parse("(cat:" + "9".repeat(50) + ")"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("The weight of \"cat\" in the prompt is out of range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a", "[a:b:.1", " ", ": ", "BREAK ", ":1.1)", "\\"})
    void theLongestPromptsTakeNoTime(String unit) {
        String prompt = unit.repeat(Tokenizer.MAX_CHARACTERS / unit.length());
        Assertions.assertTimeout(Duration.ofSeconds(8), () -> {
            try {
                AttentionParser.parse(prompt);
            } catch (ModelException tooDeep) {
                assertThat(tooDeep).hasMessageContaining("opens more than 500 brackets without closing them");
                assertThat(unit).isIn("(a", "[a:b:.1");
            }
        });
    }
}
