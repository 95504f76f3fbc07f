package giga.cli;

import static org.assertj.core.api.Assertions.assertThat;

import giga.redraw.Spelling;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private static final Collection<String> REDRAW = Giga.commandLine()
            .getSubcommands()
            .get("redraw")
            .getCommandSpec()
            .optionsMap()
            .keySet();

    @ParameterizedTest
    @CsvSource({
        "--tiel, --tile",
        "--tlie, --tile",
        "-tile, --tile",
        "--Tile, --tile",
        "--tiles=64, --tile",
        "--sede, --seed",
        "--setps, --steps",
        "--promt, --prompt",
        "--negtaive, --negative",
        "--ouput, --output"
    })
    void theOptionMeantIsNamed(String typed, String meant) {
        assertThat(Spelling.nearest(typed, REDRAW)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"--xyzzy", "--frobnicate", "-?"})
    void whatIsLikeNothingIsNotGuessed(String typed) {
        assertThat(Spelling.nearest(typed, REDRAW)).isEmpty();
    }

    @Test
    void aLongWordCostsNothing() {
        assertThat(Spelling.nearest("-".repeat(9) + "x".repeat(1_000_000), REDRAW))
                .isEmpty();
    }

    @Property
    void twoSwappedLettersAreNearerThanAnythingElse(@ForAll @IntRange(min = 0, max = 4) int at) {
        StringBuilder swapped = new StringBuilder("abcdef");
        swapped.setCharAt(at, "abcdef".charAt(at + 1));
        swapped.setCharAt(at + 1, "abcdef".charAt(at));
        assertThat(Spelling.nearest(swapped.toString(), List.of("abxdxf", "abcdef", "xbcdxx")))
                .contains("abcdef");
    }
}
