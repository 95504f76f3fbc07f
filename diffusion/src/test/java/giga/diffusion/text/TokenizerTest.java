package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TokenizerTest {
    private final Tokenizer clip = Tokenizer.clip();
    private final Tokenizer openClip = Tokenizer.openClip();

    @Test
    void idsAreThoseOfTransformersAndOpenClip() {
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode row : Goldens.cases("tokens.json")) {
            String text = row.get("text").stringValue();
            if (text.startsWith("mojibake")) continue; // Stated in the Javadoc: not repaired.
            int[] ids = Goldens.ints(row.get("ids"));
            softly.assertThat(clip.encode(text)).as(text).isEqualTo(ids);
            int[] openClipIds = row.has("open_clip_ids") ? Goldens.ints(row.get("open_clip_ids")) : ids;
            softly.assertThat(openClip.encode(text)).as("open_clip: " + text).isEqualTo(openClipIds);
        }
        softly.assertAll();
    }

    @Test
    void specialIdsComeFromTheVocabulary() {
        assertThat(List.of(clip.startId(), clip.endId(), clip.padId(), clip.commaId(), clip.vocabularySize()))
                .containsExactly(49406, 49407, 49407, 267, 49408);
        assertThat(openClip.padId()).isZero();
    }

    @Property(tries = 2000)
    void anyTextHasIdsOfTheVocabulary(@ForAll String text) {
        assertThat(Arrays.stream(clip.encode(text)).boxed()).allMatch(id -> id >= 0 && id < 49408);
        assertThat(Arrays.stream(openClip.encode(text)).boxed()).allMatch(id -> id >= 0 && id < 49408);
    }

    @Property(tries = 500)
    void caseAndSurroundingSpaceDoNotMatter(@ForAll("words") String text) {
        assertThat(clip.encode("  " + text.toUpperCase(Locale.ROOT) + "\n\t")).isEqualTo(clip.encode(text));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withCharRange('a', 'z').withChars(" ,'0123456789().:-");
    }

    /** Each of these makes a naive implementation quadratic. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "\u0316\u0301", " ", "'", "日", "&amp;", "\u001B[1", "<|", "ﷺ", "z!", "İ"})
    void theLongestTextsTakeNoTime(String unit) {
        String text = unit.repeat(Tokenizer.MAX_CHARACTERS / unit.length());
        Assertions.assertTimeout(Duration.ofSeconds(8), () -> clip.encode(text));
        String nested = "&" + "amp;".repeat((Tokenizer.MAX_CHARACTERS - 1) / 4);
        Assertions.assertTimeout(Duration.ofSeconds(8), () -> clip.encode(nested));
    }

    @Test
    void longerTextsAreRefused() {
        assertThatThrownBy(() -> clip.encode("a".repeat(1 << 20)))
                .isInstanceOf(ModelException.class)
                .hasMessage("The prompt has 1048576 characters, at most 131072 are read; shorten it");
    }
}
