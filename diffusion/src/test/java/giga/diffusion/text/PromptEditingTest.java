package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PromptEditingTest {
    @Test
    void everyStepHasTheTextTheWebuiGivesIt() {
        for (JsonNode row : Goldens.cases("schedules.json")) {
            if (row.has("ambiguous")) continue;
            String prompt = row.get("prompt").stringValue();
            List<PromptEditing.Entry> expected = row.get("schedule")
                    .valueStream()
                    .map(entry -> new PromptEditing.Entry(
                            entry.get(0).intValue(), entry.get(1).stringValue()))
                    .toList();
            assertThat(PromptEditing.parse(prompt).schedule(row.get("steps").intValue()))
                    .as(prompt)
                    .isEqualTo(expected);
        }
    }

    @Property(tries = 3000)
    void textWithoutAChangeStaysAsItIs(
            @ForAll @Chars({'(', ')', '[', ']', '\\', ':', '|', '1', 'a', '\n'}) @StringLength(max = 40)
                    String prompt) {
        PromptEditing editing = PromptEditing.parse(prompt);
        if (editing.change().isPresent())
            assertThat(prompt).contains(editing.change().get());
        else assertThat(editing.schedule(20)).containsExactly(new PromptEditing.Entry(20, prompt));
    }
}
