package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
            Map.of(Emphasis.ORIGINAL, "Original", Emphasis.NO_NORM, "No norm", Emphasis.IGNORE, "Ignore")
                    .forEach((mode, name) -> assertThat(mode.apply(hidden, weights))
                            .containsExactly(Goldens.tensor("emphasis.safetensors", id + "/" + name), within(1e-6f)));
        }
    }

    @Test
    void aMeanOfZeroLeavesTheWeightedValues() {
        assertThat(Emphasis.ORIGINAL.apply(new float[] {1, -1, 2, 2}, new float[] {2, 0}))
                .containsExactly(2, -2, 0, 0);
    }
}
