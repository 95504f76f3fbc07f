package giga.canvas.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionTest {
    private static final Title KNOWN = new Title("My $1 \\ {artist}\nGems", "W. Harnett");

    @ParameterizedTest
    @CsvSource({
        "000000, black", "FFFFFF, white", "808080, grey", "C02020, red", "6B4423, brown", "E0D040, yellow",
        "208030, green", "2040B0, blue", "102050, dark blue", "B8D8E8, pale blue", "F08010, orange", "9040B0, purple",
        "20A0A0, turquoise", "B08030, ochre"
    })
    void coloursAreCalledAsPeopleDo(String rgb, String word) {
        assertThat(colour(Integer.parseInt(rgb, 16)).word()).isEqualTo(word);
    }

    @Test
    void partsWithoutAKnownPlaceAreLeftOut() {
        Candidate crop = crop(0x2040B0, 0xC02020, 0xC02020, 0x2040B0);
        assertThat(new Caption(Dataset.CAPTION).of(crop, new Title("Gems", "")))
                .isEqualTo("gigapixel closeup of painting, Gems, blue and red, smooth");
        assertThat(new Caption(" {scale} of {title} , by {artist},, {colours}").of(crop, KNOWN))
                .isEqualTo("closeup of My $1 \\ {artist} Gems, by W. Harnett, blue and red");
    }

    @Property(tries = 500)
    void anyTemplateIsRefusedInASentenceOrGivesOneLine(@ForAll String template) {
        try {
            assertThat(new Caption(template).of(crop(0, 0, 0, 0), KNOWN)).doesNotContain("\n");
        } catch (PictureException e) {
            assertThat(e.getMessage()).startsWith("caption: ").endsWith(".");
        }
    }

    @Test
    void titlesAreFoundByTheFilesNamesOrMadeOfThem(@TempDir Path folder) throws IOException {
        Path table = Files.writeString(
                folder.resolve("list.tsv"), "\uFEFFtitle\tfile\nThe Gems\ta.png\n\nShort\tb.png\t\t\n");
        Titles titles = Titles.read(table);
        assertThat(titles.of(Path.of("any/a.png"))).isEqualTo(new Title("The Gems", ""));
        assertThat(titles.of(Path.of("old_harbour-1.tif"))).isEqualTo(new Title("old harbour 1", ""));
        Files.write(table, new byte[] {'f', (byte) 0xFF, '\t'});
        assertThatThrownBy(() -> Titles.read(table)).hasMessageContaining("no text in UTF-8");
        assertThatThrownBy(() -> Titles.read(folder.resolve("none"))).hasMessageContaining("cannot be read");
        Files.writeString(table, "");
        assertThatThrownBy(() -> Titles.read(table)).hasMessageContaining("its first line must name columns");
    }

    private static Candidate crop(int... quarters) {
        List<Colour> colours =
                java.util.Arrays.stream(quarters).mapToObj(CaptionTest::colour).toList();
        return new Candidate(0, new Region(0, 0, 128, 128), 2, Features.of(sums(quarters[0])), colours);
    }

    private static Colour colour(int rgb) {
        return Colour.mean(sums(rgb));
    }

    private static CellSums sums(int rgb) {
        Pixels pixels = new Pixels(4, 4);
        for (int i = 0; i < 48; i++) pixels.rgb()[i] = (byte) (rgb >> 16 - 8 * (i % 3));
        CellSums sums = new CellSums();
        sums.add(pixels, pixels.bounds());
        return sums;
    }
}
