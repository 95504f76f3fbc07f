package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.PromptConditioning.Part;
import giga.diffusion.PromptConditioning.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuidedDenoiserTest {
    private final List<List<Conditioning>> batches = new ArrayList<>();

    /** A UNet whose output is the conditioning's first value. */
    private List<Planes> predict(Planes x, float timestep, List<Conditioning> conditionings) {
        batches.add(conditionings);
        return conditionings.stream()
                .map(c -> new Planes(1, 1, 1, 1, new float[] {c.values()[0]}))
                .toList();
    }

    @Test
    void promptsOfOneLengthShareABatch() {
        List<Float> outputs = outputs(PromptConditioning.of(text(77, 1)), PromptConditioning.of(text(77, 2)), 0, true);
        assertThat(outputs).containsExactly(1f, 2f);
        assertThat(batches).hasSize(1);
    }

    @Test
    void promptsOfDifferentLengthDoNot() {
        List<Float> outputs = outputs(PromptConditioning.of(text(154, 1)), PromptConditioning.of(text(77, 2)), 0, true);
        assertThat(outputs).containsExactly(1f, 2f);
        assertThat(batches).hasSize(2);
    }

    @Test
    void theNegativePromptIsLeftOutWhereItIsNotNeeded() {
        assertThat(outputs(PromptConditioning.of(text(77, 1)), PromptConditioning.of(text(77, 2)), 0, false))
                .containsExactly(1f);
    }

    @Test
    void partsAndPromptsFollowTheCall() {
        PromptConditioning positive = new PromptConditioning(List.of(
                new Part(1, List.of(new Span(4, text(77, 1)), new Span(20, text(77, 2)))),
                new Part(0.6, List.of(new Span(20, text(77, 3))))));
        PromptConditioning negative = new PromptConditioning(List.of(new Part(
                1, List.of(new Span(4, text(77, 4)), new Span(20, text(77, 5))))));
        assertThat(outputs(positive, negative, 4, true)).containsExactly(1f, 3f, 4f);
        assertThat(outputs(positive, negative, 5, true)).containsExactly(2f, 3f, 5f);
        assertThat(new GuidedDenoiser(this::predict, positive, negative).weights())
                .containsExactly(1.0, 0.6);
    }

    /** However many parts there are, the UNet's memory is that of one prompt with its negative. */
    @Test
    void noMoreThanTwoAreCalculatedAtOnce() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 6; i++) parts.add(new Part(1, List.of(new Span(20, text(77, i)))));
        assertThat(outputs(new PromptConditioning(parts), PromptConditioning.of(text(77, 6)), 0, true))
                .containsExactly(0f, 1f, 2f, 3f, 4f, 5f, 6f);
        assertThat(batches).extracting(List::size).containsExactly(2, 2, 2, 1);
    }

    private List<Float> outputs(PromptConditioning positive, PromptConditioning negative, int call, boolean both) {
        return new GuidedDenoiser(this::predict, positive, negative)
                .predict(new Planes(1, 1, 1, 1), 500, call, both).stream()
                        .map(planes -> planes.values()[0])
                        .toList();
    }

    private static Conditioning text(int tokens, float value) {
        float[] values = new float[tokens];
        values[0] = value;
        return new Conditioning(tokens, 1, values);
    }
}
