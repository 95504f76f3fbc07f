package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.ModelException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EmphasisTest {
    @Test
    void actsOnTheEncodersOutputAsInTheWebui() {
        for (JsonNode row : Goldens.cases("emphasis.json")) {
            String id = row.get("id").asString();
            float[] weights = new float[77];
            for (int i = 0; i < 77; i++)
                weights[i] = (float) row.get("weights").get(i).doubleValue();
            float[] hidden = Goldens.tensor("emphasis.safetensors", id + "/z");
            Map.of(
                            Emphasis.ORIGINAL,
                            "Original",
                            Emphasis.NO_NORM,
                            "No norm",
                            Emphasis.IGNORE,
                            "Ignore",
                            Emphasis.NONE,
                            "Ignore")
                    .forEach((mode, name) -> assertThat(mode.apply(hidden, weights))
                            .containsExactly(Goldens.tensor("emphasis.safetensors", id + "/" + name), within(1e-6f)));
        }
    }

    /** (2·3 + 1·1)/8 of the values before, (2·6 + 1·1)/8 after: all are scaled by 7/13. */
    @Test
    void theMeanIsThatOfTheWholeBatch() {
        List<float[]> results = Emphasis.ORIGINAL.apply(List.of(
                new Emphasis.Encoded(new float[] {1, 2}, new float[] {2, 2}, 2),
                new Emphasis.Encoded(new float[] {0, 1}, new float[] {1, 1}, 1)));
        assertThat(results.get(0)).containsExactly(new float[] {2 * 7 / 13f, 4 * 7 / 13f}, within(1e-6f));
        assertThat(results.get(1)).containsExactly(new float[] {0, 7 / 13f}, within(1e-6f));
    }

    @Test
    void modesHaveTheWebuisNames() {
        for (Emphasis emphasis : Emphasis.values())
            assertThat(Emphasis.byName(emphasis.toString().toUpperCase(Locale.ROOT)))
                    .isSameAs(emphasis);
        assertThatThrownBy(() -> Emphasis.byName("bold"))
                .isInstanceOf(ModelException.class)
                .hasMessage("There is no emphasis \"bold\"; give Original, No norm, Ignore, None");
    }

    @Test
    void noneReadsNoBrackets() {
        assertThat(Emphasis.NONE.pieces("(a) BREAK \\(")).containsExactly(new WeightedText("(a) BREAK \\(", 1));
    }

    @Test
    void aMeanOfZeroLeavesTheWeightedValues() {
        assertThat(Emphasis.ORIGINAL.apply(new float[] {1, -1, 2, 2}, new float[] {2, 0}))
                .containsExactly(2, -2, 0, 0);
    }
}
