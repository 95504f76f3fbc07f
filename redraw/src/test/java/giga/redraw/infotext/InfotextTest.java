package giga.redraw.infotext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class InfotextTest {
    /** As A1111 1.10 writes it. */
    private static final String CASTLE = """
            a castle, sunset
            Negative prompt: blurry, text
            Steps: 20, Sampler: Euler a, Schedule type: Automatic, CFG scale: 7.0, Seed: 965400086, Size: 512x512, \
            Model hash: 6ce0161689, Model: v1-5-pruned-emaonly, Lora hashes: "detail: 1a2b3c4d, ink: 33aa", Version: v1.10.1""";

    @Test
    void readsA1111sTextAndWritesItAgain() {
        Infotext info = Infotext.parse(CASTLE);
        assertThat(info.prompt()).isEqualTo("a castle, sunset");
        assertThat(info.negative()).isEqualTo("blurry, text");
        assertThat(info.value("Seed")).hasValue("965400086");
        assertThat(info.value("Lora hashes")).hasValue("detail: 1a2b3c4d, ink: 33aa");
        assertThat(info.fields().keySet())
                .containsExactly(
                        "Steps",
                        "Sampler",
                        "Schedule type",
                        "CFG scale",
                        "Seed",
                        "Size",
                        "Model hash",
                        "Model",
                        "Lora hashes",
                        "Version");
        assertThat(info.text()).isEqualTo(CASTLE);
    }

    @Test
    void promptsMaySpanLines() {
        Infotext info = Infotext.parse("one\n two \n\nNegative prompt: three\nfour\nSteps: 1, Seed: 2, Size: 8x8\n");
        assertThat(info.prompt()).isEqualTo("one\ntwo");
        assertThat(info.negative()).isEqualTo("three\nfour");
        assertThat(info.fields()).hasSize(3);
    }

    @Test
    void fewerThanThreeFieldsArePartOfThePrompt() {
        Infotext info = Infotext.parse("a cat\nSteps: 1, Seed: 2");
        assertThat(info.prompt()).isEqualTo("a cat\nSteps: 1, Seed: 2");
        assertThat(info.fields()).isEmpty();
        assertThat(Infotext.parse("")).isEqualTo(new Infotext("", "", new LinkedHashMap<>()));
    }

    @Test
    void fieldsAloneAndNegativeAlone() {
        assertThat(Infotext.parse("Steps: 1, Seed: 2, Size: 8x8").prompt()).isEmpty();
        Infotext info = Infotext.parse("Negative prompt: red\nSteps: 1, Seed: 2, Size: 8x8");
        assertThat(info.prompt()).isEmpty();
        assertThat(info.negative()).isEqualTo("red");
    }

    @Test
    void valuesOfOddForms() {
        Infotext info = Infotext.parse(
                "Steps: 1, Seed:2,Flag, Note: \"a \\\"b\\\", c\\n\u57ce\", Open: \"x, Face restoration: ,"
                        + " Script/part-1: \"q\" r, Version: f2.0.1v1.10.1-previous");
        assertThat(info.fields())
                .containsEntry("Seed", "2")
                .containsEntry("Note", "a \"b\", c\n\u57ce")
                .containsEntry("Open", "\"x")
                .containsEntry("Face restoration", "")
                .containsEntry("Script/part-1", "\"q\" r")
                .containsEntry("Version", "f2.0.1v1.10.1-previous")
                .doesNotContainKey("Flag");
    }

    @Test
    void aNameThatCannotBeReadBackIsRefused() {
        for (String key : new String[] {"", "a", "a:b", "x.y", " ab", "-ab"}) {
            SequencedMap<String, String> fields = new LinkedHashMap<>(Map.of(key, "1"));
            assertThatThrownBy(() -> new Infotext("", "", fields)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property(tries = 2000)
    void whatIsWrittenIsReadBack(@ForAll("infotexts") Infotext info) {
        assertThat(Infotext.parse(info.text())).isEqualTo(info);
        assertThat(Infotext.parse(info.text()).fields().keySet())
                .containsExactlyElementsOf(info.fields().keySet());
    }

    @Provide
    Arbitrary<Infotext> infotexts() {
        Arbitrary<String> values = Arbitraries.strings()
                .withChars("ab:,\"\\\n\r\t {}1x\u00e9\u57ce")
                .ofMaxLength(20);
        Arbitrary<String> words =
                Arbitraries.strings().withChars("ab:,()<>\"\\\u00e9\u57ce").ofMaxLength(20);
        Arbitrary<String> prompts =
                words.list().ofMaxSize(4).map(lines -> String.join("\n", lines).strip());
        Arbitrary<Map<String, String>> fields = Arbitraries.maps(
                        Arbitraries.strings()
                                .withChars("abC_9 /-\u00e9")
                                .ofMinLength(2)
                                .ofMaxLength(9)
                                .filter(InfotextParser::isKey),
                        values)
                .ofMinSize(3)
                .ofMaxSize(8);
        return Combinators.combine(prompts, prompts, fields)
                .as((prompt, negative, map) -> new Infotext(prompt, negative, new LinkedHashMap<>(map)));
    }

    @Test
    void tenThousandDamagedTextsAreReadAllTheSame() {
        Random random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder(CASTLE);
            for (int change = random.nextInt(8); change >= 0; change--) {
                int at = random.nextInt(text.length() - 1);
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, ",:\"\\\n\u0000\ud800 ".charAt(random.nextInt(8)));
                    case 2 -> text.setCharAt(at, (char) random.nextInt(1 << 16));
                    default -> text.setLength(Math.max(9, at));
                }
            }
            Infotext read = Infotext.parse(text.toString());
            if (!read.fields().isEmpty())
                assertThat(Infotext.parse(read.text())).isEqualTo(read);
        }
    }

    @Test
    void aLongTextTakesNoLongerThanItsLength() {
        String text = "\"\\\"".repeat(200_000) + "ab: \"" + "\\\"".repeat(200_000) + "a:".repeat(100_000);
        assertThat(Infotext.parse(text).fields()).isEmpty();
    }
}
