package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is typed: it is read or refused in words, and soon. */
class HostilePromptsTest {
    private static final String[] UNITS = {
        "(",
        ")",
        "[",
        "]",
        ":",
        "|",
        "\\",
        "<",
        ">",
        "#",
        "\n",
        " ",
        ",",
        "AND",
        "BREAK",
        "AND ",
        " BREAK ",
        "lora:",
        "<lora:a:",
        "1",
        "0.5",
        "-",
        "+",
        "1e9",
        "9999999999",
        ".",
        "a",
        "cat",
        "by old master",
        "日本",
        "é",
        "\u0301",
        "\uD83C\uDFA8",
        "\uD83D",
        "\uDE00",
        "\u200B",
        "\u202E",
        "\u0000",
        "\uFFFF",
        "&amp;",
        "&#x41;",
        "&lt",
        "<|endoftext|>",
        "\u00A0",
        "\u2028",
        "١٢",
        "ﷺ",
        "ﬁ",
        "'s",
        "_",
        "[a|b]",
        "[a:b:0.5]",
        "(a:1.3)",
        "{prompt}",
        "%s",
        "\u001B[31m",
        "\u0085",
        "İ"
    };

    private final Tokenizer clip = Tokenizer.clip();
    private final Tokenizer openClip = Tokenizer.openClip();
    private final EmbeddingNames embeddings =
            new EmbeddingNames(clip, List.of("by old master", "cat", ":"), name -> Optional.of(new float[3][1]));

    @Test
    void tenThousandMutatedPrompts() {
        List<String> seeds = new ArrayList<>();
        for (String file :
                List.of("schedules.json", "attention.json", "composition.json", "networks.json", "pipeline.json"))
            Goldens.cases(file).forEach(row -> seeds.add(row.get("prompt").stringValue()));
        Random random = new Random(6);
        int read = 0;
        for (int i = 0; i < 10_000; i++)
            if (isRead(
                    i % 4 == 0 ? composed(random, random.nextInt(60)) : mutated(random, seeds), 1 + random.nextInt(40)))
                read++;
        assertThat(read).isBetween(5_000, 9_999);
    }

    /** Measured on a busy core: 0.05 s in the mean, 0.6 s at most. */
    @Test
    void promptsOfAHundredThousandCharacters() {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            String[] few = new String[1 + random.nextInt(4)];
            for (int k = 0; k < few.length; k++) few[k] = UNITS[random.nextInt(UNITS.length)];
            StringBuilder prompt = new StringBuilder();
            while (prompt.length() < 100_000) prompt.append(few[random.nextInt(few.length)]);
            long start = System.nanoTime();
            isRead(prompt.toString(), 40);
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(seconds).as(String.join(" ", few)).isLessThan(5);
        }
    }

    private boolean isRead(String text, int steps) {
        try {
            for (Prompt prompt : List.of(Prompt.parse(text), Prompt.parseNegative(text)))
                for (Prompt.Part part : prompt.parts()) {
                    List<PromptEditing.Entry> schedule = part.editing().schedule(steps);
                    for (PromptEditing.Entry entry : List.of(schedule.getFirst(), schedule.getLast())) {
                        PromptChunks.of(Emphasis.ORIGINAL.pieces(entry.text()), clip, embeddings);
                        PromptChunks.of(Emphasis.NONE.pieces(entry.text()), openClip, EmbeddingNames.none());
                    }
                }
            return true;
        } catch (ModelException refused) {
            assertThat(refused.getMessage()).containsIgnoringCase("prompt").hasSizeLessThan(400);
            return false;
        }
    }

    private static String composed(Random random, int units) {
        StringBuilder prompt = new StringBuilder();
        for (int i = 0; i < units; i++) prompt.append(UNITS[random.nextInt(UNITS.length)]);
        return prompt.toString();
    }

    private static String mutated(Random random, List<String> seeds) {
        StringBuilder prompt = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
        for (int k = random.nextInt(5); k >= 0; k--) {
            int at = random.nextInt(prompt.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> prompt.insert(at, UNITS[random.nextInt(UNITS.length)]);
                case 1 -> prompt.insert(at, (char) random.nextInt(65_536));
                case 2 -> prompt.delete(at, Math.min(prompt.length(), at + 1 + random.nextInt(3)));
                default -> prompt.insert(at, seeds.get(random.nextInt(seeds.size())));
            }
        }
        return prompt.toString();
    }
}
