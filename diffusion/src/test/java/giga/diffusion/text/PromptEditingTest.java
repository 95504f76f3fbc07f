package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PromptEditingTest {
    @Test
    void everyStepHasTheTextTheWebuiGivesIt() {
        for (JsonNode row : Goldens.cases("schedules.json")) {
            if (row.has("ambiguous")) continue;
            String prompt = row.get("prompt").stringValue();
            PromptEditing editing = PromptEditing.parse(prompt);
            assertThat(editing.schedule(row.get("steps").intValue()))
                    .as(prompt)
                    .isEqualTo(entries(row.get("schedule")));
            if (row.has("hires_10"))
                assertThat(editing.schedule(10, 20)).as(prompt).isEqualTo(entries(row.get("hires_10")));
        }
    }

    private static List<PromptEditing.Entry> entries(JsonNode schedule) {
        return schedule.valueStream()
                .map(entry -> new PromptEditing.Entry(
                        entry.get(0).intValue(), entry.get(1).stringValue()))
                .toList();
    }

    @Property(tries = 3000)
    void entriesCoverAllStepsInOrder(
            @ForAll @Chars({'(', ')', '[', ']', '\\', ':', '|', '1', '.', 'a', '\n'}) @StringLength(max = 40)
                    String prompt,
            @ForAll @IntRange(min = 1, max = 60) int steps) {
        List<PromptEditing.Entry> entries = PromptEditing.parse(prompt).schedule(steps);
        assertThat(entries.getLast().lastStep()).isEqualTo(steps);
        assertThat(entries)
                .extracting(PromptEditing.Entry::lastStep)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(entries.getFirst().lastStep()).isPositive();
    }

    @Property(tries = 3000)
    void textWithoutColonsAndBarsStaysAsItIs(
            @ForAll @Chars({'(', ')', '[', ']', '\\', '1', 'a', '\n'}) @StringLength(max = 40) String prompt) {
        assertThat(PromptEditing.parse(prompt).schedule(20)).containsExactly(new PromptEditing.Entry(20, prompt));
    }
}
