package giga.redraw.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.Part;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextureTest {
    @ParameterizedTest
    @ValueSource(strings = {"sharp", "soft", "fine"})
    void agreesWithTheReference(String name) {
        Texture texture = Texture.of(Reference.picture(name), rows -> {});
        assertThat(texture.glcmScore().orElseThrow()).isCloseTo(Reference.measure(name, "glcm_score"), within(1e-9));
        // Another encoder of the same quality: its code tables are those that the standard proposes.
        assertThat(texture.jpegRatio()).isCloseTo(Reference.measure(name, "jpeg_ratio"), Percentage.withPercentage(3));
    }

    @Test
    void aFlatPictureHasNone() {
        Texture flat = Texture.of(ComputedPicture.grey(640, 640, 100), rows -> {});
        assertThat(flat.glcmScore().orElseThrow()).isLessThan(0.01);
        assertThat(flat.jpegRatio()).isGreaterThan(100);
        assertThat(flat.text()).startsWith("texture GLCM score 0.00").contains(", JPEG ratio ");
    }

    @Test
    void theSamePatchesGiveTheSameScoreWhereverTheyLie() {
        ComputedPicture noise = ComputedPicture.noise(64, 64, 60);
        ComputedPicture many =
                new ComputedPicture(1088, 640, (x, y, channel) -> noise.levels().at(x % 64, y % 64, channel));
        double one = Texture.of(noise, rows -> {}).glcmScore().orElseThrow();
        List<Integer> rows = new ArrayList<>();
        assertThat(Texture.of(many, rows::add).glcmScore().orElseThrow()).isCloseTo(one, within(1e-9));
        assertThat(rows).containsExactly(512, 640);
    }

    @Test
    void belowOnePatchOnlyTheJpegCounts() {
        Texture small = Texture.of(ComputedPicture.noise(63, 300, 60), rows -> {});
        assertThat(small.glcmScore()).isEmpty();
        assertThat(small.text()).startsWith("texture JPEG ratio ");
    }

    @Test
    void aPartIsThePixelsOfItsRegion() {
        ComputedPicture noise = ComputedPicture.noise(90, 80, 60);
        Part part = new Part(noise, new Region(10, 20, 50, 40));
        assertThat(part.read(new Region(3, 4, 5, 6)).rgb())
                .isEqualTo(noise.read(new Region(13, 24, 5, 6)).rgb());
    }
}
