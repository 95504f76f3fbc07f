package giga.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import giga.diffusion.text.Styles.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StylesTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatTheWebuiWrites() throws IOException {
        Styles styles = open("\uFEFFname,prompt,negative_prompt\r\n"
                + "Oil,\"oil on canvas of {prompt}, \"\"impasto\"\"\",\"photo, flat\"\r\n"
                + "\r\n"
                + "#comment,x,y\r\n"
                + "Two lines, \"a\nb\" ,\r\n"
                + "short\r\n");
        assertThat(styles.byName().values())
                .containsExactly(
                        new Style("Oil", "oil on canvas of {prompt}, \"impasto\"", "photo, flat"),
                        new Style("Two lines", "a\nb ", ""),
                        new Style("short", "", ""));
        assertThat(styles.named("oil").name()).isEqualTo("Oil");
    }

    @Test
    void readsTheOldColumnsInAnyOrder() throws IOException {
        assertThat(open("text,name\na cat,Cat").named("Cat")).isEqualTo(new Style("Cat", "a cat", ""));
    }

    @Test
    void aStyleSurroundsThePromptOrFollowsIt() {
        Style style = new Style("s", "a {prompt} and {prompt}", " flat ");
        assertThat(style.applyTo("cat")).isEqualTo("a cat and cat");
        assertThat(style.applyToNegative(" blurry ")).isEqualTo("blurry, flat");
        assertThat(style.applyToNegative("")).isEqualTo("flat");
        assertThat(new Style("t", "", "").applyTo(" cat ")).isEqualTo("cat");
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        Styles styles = open("name,prompt\nOil,x\nInk,y");
        assertThatThrownBy(() -> styles.named("Inc"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("There is no style \"Inc\" in")
                .hasMessageEndingWith("did you mean Ink, Oil?");
        assertThatThrownBy(() -> open("a,b\n1,2"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("name,prompt,negative_prompt");
        assertThatThrownBy(() -> open("")).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> Styles.open(folder.resolve("none.csv")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is missing");
        Path latin = Files.write(folder.resolve("latin.csv"), new byte[] {'n', (byte) 0xE9});
        assertThatThrownBy(() -> Styles.open(latin))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not UTF-8");
    }

    @Property(tries = 2000)
    void quotedFieldsComeBackAsTheyWere(
            @ForAll @Size(min = 1, max = 4)
                    List<@Chars({'a', ' ', ',', '"', '\n', '\r', '日'}) @StringLength(min = 1) String> fields) {
        String row = fields.stream()
                .map(field -> '"' + field.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
        assertThat(Csv.rows(row + "\r\n" + row)).containsExactly(fields, fields);
    }

    @Property(tries = 2000)
    void anyTextIsATable(@ForAll @Chars({'a', ' ', ',', '"', '\n', '\r'}) String text) {
        assertThat(Csv.rows(text)).allSatisfy(row -> assertThat(row).isNotEmpty());
    }

    private Styles open(String csv) throws IOException {
        return Styles.open(Files.writeString(folder.resolve("styles.csv"), csv));
    }
}
