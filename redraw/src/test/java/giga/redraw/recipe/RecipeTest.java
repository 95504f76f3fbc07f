package giga.redraw.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.redraw.JobException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class RecipeTest {
    private static final List<String> PRESETS = Recipes.PRESETS;

    private static final String MINE = """
            giga = 1
            title = "mine"
            input = "in.png"

            [redraw]
            passes = 2
            clip_skip = 2
            Denoise = 0.4
            lora = ["a:0.5", "b"]

            [[pass]]

            [[pass]]
            denoise = 0.2
            tile = 1024

            [split]
            pieces = "50%x50%"
            """;

    @Test
    void everySettingKnowsItsLine() {
        Recipe recipe = recipe(MINE);
        assertThat(recipe.title()).isEqualTo("mine");
        assertThat(recipe.input()).contains(new Setting("input", List.of("in.png"), new Setting.Place("mine.toml", 3)));
        assertThat(recipe.output()).isEmpty();
        assertThat(recipe.section(Section.Kind.REDRAW).orElseThrow().settings())
                .containsExactlyInAnyOrder(
                        new Setting("passes", List.of("2"), new Setting.Place("mine.toml", 6)),
                        new Setting("clip-skip", List.of("2"), new Setting.Place("mine.toml", 7)),
                        new Setting("denoise", List.of("0.4"), new Setting.Place("mine.toml", 8)),
                        new Setting("lora", List.of("a:0.5", "b"), new Setting.Place("mine.toml", 9)));
        assertThat(recipe.section(Section.Kind.FINISH)).isEmpty();
    }

    @Test
    void aPassChangesWhatItNames() {
        Recipe recipe = recipe(MINE);
        assertThat(values(recipe.pass(1))).containsExactlyInAnyOrder("2", "2", "0.4", "a:0.5 b");
        assertThat(values(recipe.pass(2))).containsExactlyInAnyOrder("2", "2", "0.2", "a:0.5 b", "1024");
        assertThat(recipe.pass(3)).isEqualTo(recipe.pass(1));
    }

    @Test
    void settingsCanBeChangedFromOutside() {
        Recipe recipe = recipe(MINE)
                .with("denoise=0.3")
                .with("split.overlap = 8")
                .with("pass.3.prompt=a=b")
                .with("finish.grain=2")
                .with("input=/other.png");
        assertThat(values(recipe.pass(1))).contains("0.3");
        assertThat(values(recipe.pass(2))).contains("0.2").doesNotContain("0.3");
        assertThat(values(recipe.pass(3))).contains("a=b");
        assertThat(values(recipe.section(Section.Kind.SPLIT).orElseThrow())).containsExactly("50%x50%", "8");
        assertThat(values(recipe.section(Section.Kind.FINISH).orElseThrow())).containsExactly("2");
        assertThat(recipe.input().orElseThrow().from()).hasToString("--set");
    }

    @Test
    void whatOneStepSaysMayHoldForAnother() {
        Recipe recipe = recipe(
                        "[generate]\nprompt = \"a\"\nmodel = \"m\"\nwidth = 64\n[redraw]\nprompt = \"b\"\nvae = \"v\"\n")
                .sharing(Section.Kind.GENERATE, Section.Kind.REDRAW, Set.of("prompt", "model", "vae"));
        assertThat(values(recipe.section(Section.Kind.GENERATE).orElseThrow()))
                .containsExactlyInAnyOrder("a", "m", "64", "v");
        assertThat(values(recipe.pass(1))).containsExactlyInAnyOrder("b", "v", "m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            denoise        | "'denoise' sets nothing; give KEY=VALUE"
            =3             | "'=3' sets nothing"
            pass.0.tile=64 | there is no setting 'pass.0.tile'; a pass' own is pass.1.denoise
            finsh.grain=3  | there is no step 'finsh'
            a.b.c.d=3      | there is no setting 'a.b.c.d'
            """)
    void whatIsNoChangeIsRefused(String change, String message) {
        Recipe recipe = recipe(MINE);
        assertThatThrownBy(() -> recipe.with(change))
                .isInstanceOf(JobException.class)
                .hasMessageStartingWith("--set: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [redrwa]                        | line 1: there is no 'redrwa' in a recipe (did you mean redraw?)
            x = 3                           | line 1: there is no 'x' in a recipe; settings stand in [generate]
            giga = 2                        | line 1: this is a recipe of version 2
            title = 3                       | line 1: title must be a text in quotes
            redraw = 3                      | line 1: write it as [redraw]
            pass = 3                        | line 1: write it as [[pass]]
            [[pass]]                        | line 1: passes belong to a redraw
            [redraw]~tile = {a = 1}         | line 2: tile must be a text in quotes, a number
            [redraw]~tile = 1979-05-27      | line 2: tile must be a text in quotes, a number
            [redraw]~clip_skip=1~clip-skip=2 | line 3: clip-skip is given twice
            [redraw]~tile =                 | line 2: this is not TOML
            """)
    void complaintsNameTheLine(String text, String message) {
        assertThatThrownBy(() -> recipe(text.replace('~', '\n')))
                .isInstanceOf(JobException.class)
                .hasMessageStartingWith("mine.toml, " + message);
    }

    @Test
    void whatIsFarTooMuchIsRefused() {
        assertThatThrownBy(() -> recipe("a = " + "[".repeat(200_000))).isInstanceOf(JobException.class);
        assertThatThrownBy(() -> recipe("# " + "x".repeat(2 << 20))).hasMessageContaining("too large");
        assertThatThrownBy(() -> recipe("[redraw]\n" + "[[pass]]\n".repeat(17))).hasMessageContaining("17 passes");
    }

    @Test
    void aRecipeThatIsNotThereIsSuggested(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> Recipes.open("postr")).hasMessageContaining("did you mean poster?");
        Path latin = Files.write(folder.resolve("latin.toml"), new byte[] {'#', (byte) 0xE4});
        assertThatThrownBy(() -> Recipes.open(latin.toString())).hasMessageContaining("is no text in UTF-8");
    }

    @ParameterizedTest
    @FieldSource("PRESETS")
    void presetsSayWhatTheyAreFor(String name) {
        Recipe recipe = Recipes.open(name);
        assertThat(recipe.title()).isNotBlank();
        assertThat(recipe.about()).isNotBlank();
        assertThat(recipe.section(Section.Kind.REDRAW)).isPresent();
    }

    @Test
    void mutatedRecipesEndWell() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder mutated = new StringBuilder(MINE);
            for (int edits = 1 + random.nextInt(4); edits > 0 && !mutated.isEmpty(); edits--) {
                int at = random.nextInt(mutated.length());
                switch (random.nextInt(4)) {
                    case 0 -> mutated.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65536));
                    case 1 -> mutated.deleteCharAt(at);
                    case 2 -> mutated.insert(at, "[{\"'=\n.9e]}#".charAt(random.nextInt(12)));
                    default -> mutated.setLength(Math.max(1, at));
                }
            }
            try {
                recipe(mutated.toString());
            } catch (JobException e) {
                assertThat(e).hasMessageStartingWith("mine.toml");
            }
        }
    }

    private static Recipe recipe(String text) {
        return Toml.read(text, "mine.toml", Optional.empty());
    }

    private static List<String> values(Section section) {
        return section.settings().stream()
                .map(setting -> String.join(" ", setting.values()))
                .toList();
    }
}
