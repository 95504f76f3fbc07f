package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.text.PromptOutline.Part;
import giga.diffusion.text.PromptOutline.Span;
import giga.diffusion.text.PromptOutline.Text;
import giga.diffusion.text.PromptOutline.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PromptOutlineTest {
    private static final Tokenizer CLIP = Tokenizer.clip();
    private static final TokenTexts TEXTS = CLIP.texts();

    @Test
    void tellsPartsStepsChunksAndTokens() {
        EmbeddingNames embeddings = new EmbeddingNames(CLIP, List.of("style-x"), name -> Optional.of(new float[2][1]));
        PromptOutline outline = PromptOutline.of(
                Prompt.parse("(cat:1.5) style-x BREAK [red|blue] <lora:fur:0.35> AND 日 :0.5"),
                Emphasis.ORIGINAL,
                4,
                CLIP,
                embeddings);
        assertThat(outline.loras()).extracting(LoraTag::name).containsExactly("fur");
        assertThat(outline.parts()).extracting(Part::weight).containsExactly(1.0, 0.5);
        List<Text> texts = outline.parts().getFirst().texts();
        assertThat(texts)
                .extracting(Text::spans)
                .containsExactly(List.of(new Span(1, 1), new Span(3, 3)), List.of(new Span(2, 2), new Span(4, 4)));
        assertThat(texts.getFirst().chunks())
                .containsExactly(
                        List.of(
                                new Token(2368, "cat", true, 1.5f, Optional.empty()),
                                new Token(0, "style-x", true, 1, Optional.of(2))),
                        List.of(new Token(736, "red", true, 1, Optional.empty())));
        assertThat(outline.parts().get(1).texts().getFirst().chunks().getFirst())
                .extracting(Token::text)
                .containsExactly("日");
    }

    @Test
    void idsThatAreNoTextAreShownToo() {
        assertThat(TEXTS.of(49406)).isEqualTo("<|startoftext|>");
        assertThat(TEXTS.of(49407)).isEqualTo("<|endoftext|>");
        assertThat(TEXTS.of(49408)).isEqualTo("?");
        for (int id : CLIP.encode("\uD83D\uDE00\u0E47\uD83E\uDD7A"))
            assertThat(TEXTS.of(id)).isNotEmpty();
    }

    /** What the tokenizer has cut, the texts put together again. */
    @Property(tries = 500)
    void theTokensOfAWordSpellIt(
            @ForAll @CharRange(from = 'a', to = 'z') @CharRange(from = 'а', to = 'я') @StringLength(min = 1, max = 30)
                    String word) {
        int[] ids = CLIP.encode(word);
        String spelt = Arrays.stream(ids).mapToObj(TEXTS::of).collect(Collectors.joining());
        if (!spelt.contains("\\x")) assertThat(spelt).isEqualTo(word);
        for (int i = 0; i < ids.length; i++) assertThat(TEXTS.endsWord(ids[i])).isEqualTo(i == ids.length - 1);
    }
}
