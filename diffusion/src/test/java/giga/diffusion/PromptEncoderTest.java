package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.PromptConditioning.Part;
import giga.diffusion.PromptConditioning.Span;
import giga.diffusion.text.Chunk;
import giga.diffusion.text.EmbeddingNames;
import giga.diffusion.text.Emphasis;
import giga.diffusion.text.Prompt;
import giga.diffusion.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptEncoderTest {
    private static final TextOptions IGNORE = new TextOptions(1, Emphasis.IGNORE);

    private final Ids clip = new Ids(Tokenizer.clip(), 1);

    @Test
    void equalTextsAreEncodedOnce() {
        PromptConditioning prompt =
                encoder(clip).encode(Prompt.parse("[cat|dog] AND bird AND [cat|dog]:2"), IGNORE, 100);
        assertThat(clip.chunks).hasSize(3);
        assertThat(prompt.parts()).extracting(Part::weight).containsExactly(1.0, 1.0, 2.0);
        assertThat(prompt.parts()).extracting(part -> part.spans().size()).containsExactly(100, 1, 100);
        List<Span> spans = prompt.parts().getFirst().spans();
        assertThat(spans.get(98).conditioning()).isSameAs(spans.get(0).conditioning());
        assertThat(spans.get(99).conditioning()).isSameAs(spans.get(1).conditioning());
    }

    @Test
    void aTextSeesItsOwnTokens() {
        List<Span> spans = encoder(clip)
                .encode(Prompt.parse("[cat:dog:3]"), IGNORE, 10)
                .parts()
                .getFirst()
                .spans();
        assertThat(spans).extracting(Span::lastStep).containsExactly(3, 10);
        assertThat(spans.get(0).conditioning().values()).startsWith(49406, 2368, 49407);
        assertThat(spans.get(1).conditioning().values()).startsWith(49406, 1929, 49407);
    }

    /** A1111 encodes a schedule's texts together: shorter ones end in empty chunks, and share one mean. */
    @Test
    void theTextsOfAScheduleAreOneBatch() {
        List<Span> spans = encoder(clip)
                .encode(Prompt.parse("[a BREAK (b:2):c:3]"), TextOptions.DEFAULT, 10)
                .parts()
                .getFirst()
                .spans();
        Conditioning longer = spans.get(0).conditioning();
        Conditioning shorter = spans.get(1).conditioning();
        assertThat(longer.tokens()).isEqualTo(154);
        assertThat(shorter.tokens()).isEqualTo(154);
        double plain = 49406 + 76 * 49407.0;
        double before = 2 * plain - 49407 + 321;
        double factor = before / (before + 321);
        assertThat((double) longer.values()[77]).isCloseTo(49406 * factor, within(0.01));
        assertThat((double) longer.values()[78]).isCloseTo(2 * 321 * factor, within(0.01));
        assertThat((double) shorter.values()[77]).isCloseTo(49406 * factor, within(0.01));
        assertThat(shorter.values()[0]).isEqualTo(49406);
    }

    @Test
    void severalEncodersStandSideBySide() {
        Ids second = new Ids(Tokenizer.openClip(), 2);
        Conditioning text = encoder(clip, second)
                .encode(Prompt.parse("a cat"), IGNORE, 20)
                .at(0)
                .getFirst()
                .conditioning();
        assertThat(text.width()).isEqualTo(3);
        assertThat(text.values()).startsWith(49406, 49406, 49406, 320, 320, 320, 2368, 2368, 2368, 49407, 49407, 49407);
        assertThat(text.values()).endsWith(49407, 0, 0);
        assertThat(text.pooled())
                .hasValueSatisfying(pooled -> assertThat(pooled).containsExactly(320));
    }

    @Test
    void anEmptyNegativePromptIsZeroWhereTheModelWasTrainedSo() {
        PromptEncoder sdxl =
                new PromptEncoder(List.of(new Ids(Tokenizer.openClip(), 2)), List.of(EmbeddingNames.none()), true);
        Conditioning nothing = sdxl.encode(Prompt.parseNegative(""), IGNORE, 20)
                .at(0)
                .getFirst()
                .conditioning();
        assertThat(nothing.values()).containsOnly(0);
        assertThat(nothing.pooled().orElseThrow()).containsOnly(0);
        for (Prompt other : List.of(Prompt.parse(""), Prompt.parseNegative(" "), Prompt.parseNegative("[:a:1]")))
            assertThat(sdxl.encode(other, IGNORE, 20)
                            .at(0)
                            .getFirst()
                            .conditioning()
                            .values())
                    .startsWith(49406);
    }

    @Test
    void moreTextsThanMemoryHoldsAreRefused() {
        StringBuilder options = new StringBuilder("[0");
        for (int i = 1; i < 1100; i++) options.append('|').append(i);
        Prompt prompt = Prompt.parse(options.append(']').toString());
        assertThatThrownBy(() -> encoder(clip).encode(prompt, IGNORE, 1100))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("1100 texts of up to 1 chunks over the steps");
        assertThat(clip.chunks).isEmpty();
    }

    private static PromptEncoder encoder(Ids... encoders) {
        return new PromptEncoder(
                List.of(encoders),
                List.of(encoders).stream().map(encoder -> EmbeddingNames.none()).toList(),
                false);
    }

    /** Every token's values are its id, the pooled value is the first token's. */
    private record Ids(Tokenizer tokenizer, int width, List<Chunk> chunks) implements ChunkEncoder {
        Ids(Tokenizer tokenizer, int width) {
            this(tokenizer, width, new ArrayList<>());
        }

        @Override
        public Output encode(Chunk chunk, int clipSkip) {
            chunks.add(chunk);
            float[] hidden = new float[Chunk.LENGTH * width];
            for (int i = 0; i < hidden.length; i++) hidden[i] = chunk.ids()[i / width];
            return new Output(hidden, width == 2 ? Optional.of(new float[] {chunk.ids()[1]}) : Optional.empty());
        }
    }
}
