package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.PromptConditioning.Part;
import giga.diffusion.PromptConditioning.Span;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptConditioningTest {
    private final Conditioning a = new Conditioning(1, 2, new float[] {1, 2});
    private final Conditioning b = new Conditioning(1, 2, new float[] {3, 4});
    private final Conditioning longer = new Conditioning(3, 2, new float[] {5, 6, 7, 8, 9, 10});

    /** A1111 compares calls counted from 0 with steps counted from 1: an entry up to step 2 is seen by calls 0, 1 and 2. */
    @Test
    void aCallSeesTheFirstSpanThatHasNotEnded() {
        PromptConditioning prompt =
                new PromptConditioning(List.of(new Part(1, List.of(new Span(2, a), new Span(5, b)))));
        assertThat(IntStream.range(0, 8)
                        .mapToObj(call -> prompt.at(call).getFirst().conditioning()))
                .containsExactly(a, a, a, b, b, b, b, b);
    }

    @Test
    void oneConditioningIsSeenByEveryCall() {
        assertThat(PromptConditioning.of(a).at(1_000_000)).containsExactly(new PromptConditioning.Weighted(1, a));
    }

    @Test
    void shorterPartsAreFilledWithTheirLastToken() {
        PromptConditioning prompt = new PromptConditioning(List.of(
                new Part(0.5, List.of(new Span(3, longer), new Span(9, b))), new Part(-2, List.of(new Span(9, a)))));
        List<PromptConditioning.Weighted> start = prompt.at(0);
        assertThat(start).extracting(PromptConditioning.Weighted::weight).containsExactly(0.5, -2.0);
        assertThat(start.get(0).conditioning()).isSameAs(longer);
        assertThat(start.get(1).conditioning().tokens()).isEqualTo(3);
        assertThat(start.get(1).conditioning().values()).containsExactly(1, 2, 1, 2, 1, 2);
        assertThat(prompt.at(4))
                .extracting(part -> part.conditioning().tokens())
                .containsExactly(1, 1);
    }

    @Test
    void whatCannotBeAScheduleIsRefused() {
        assertThatThrownBy(() -> new Part(1, List.of(new Span(5, a), new Span(5, b))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Part(Double.NaN, List.of(new Span(5, a))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PromptConditioning(List.of())).isInstanceOf(IllegalArgumentException.class);
        Conditioning wide = new Conditioning(1, 3, new float[3]);
        assertThatThrownBy(() ->
                        new PromptConditioning(List.of(new Part(1, List.of(new Span(1, a), new Span(2, wide))))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
