package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Pixels;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InfoCommandTest {
    private static final String CASTLE =
            "a castle\nNegative prompt: fog\nSteps: 20, Sampler: Euler a, Seed: 5, Size: 40x30, Version: v1.10.1";

    @TempDir
    Path folder;

    private Path picture(String name) {
        Path file = folder.resolve(name);
        byte[] icc = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        PictureMetadata metadata = new PictureMetadata(
                Optional.of(icc), OptionalDouble.of(300), Map.of("parameters", CASTLE, "Title", "Castle\033[31m"));
        PictureWriter.write(new Pixels(40, 30), file, metadata, rows -> {});
        return file;
    }

    @Test
    void tellsPeopleWhatAPictureIsAndWhatMadeIt() {
        Run png = giga("info", picture("castle.png"));
        assertThat(png.code()).as(png.err()).isZero();
        assertThat(png.out())
                .contains(
                        "castle.png: PNG 40x30",
                        "3 channels of 8 bits",
                        "300 dpi",
                        "sRGB",
                        "Title: Castle?[31m",
                        CASTLE);
        assertThat(giga("info", picture("castle.jpg")).out()).contains("JPEG 40x30", "300 dpi", CASTLE);
        Path plain = TestPictures.write(folder.resolve("plain.png"), 9, 9);
        assertThat(giga("info", plain).out()).contains("none (sRGB)", "does not tell what made it");
    }

    @Test
    void tellsProgramsTheSame() {
        JsonNode json = new JsonMapper()
                .readTree(giga("info", picture("castle.png"), "--json").out());
        assertThat(json.get("format").asString()).isEqualTo("png");
        assertThat(json.get("width").asInt()).isEqualTo(40);
        assertThat(json.at("/texts/Title").asString()).isEqualTo("Castle\033[31m");
        assertThat(json.at("/made/prompt").asString()).isEqualTo("a castle");
        assertThat(json.at("/made/negative").asString()).isEqualTo("fog");
        assertThat(json.at("/made/fields/Sampler").asString()).isEqualTo("Euler a");
    }

    @Test
    void whatIsNoPictureEndsInASentence() {
        Run run = giga("info", folder.resolve("missing.png"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("there is no such file").hasLineCount(1);
    }
}
