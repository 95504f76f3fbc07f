package giga.canvas.input;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class OrientationTest {
    @Property(tries = 60)
    void bandsMeetToTheWholePictureTurned(
            @ForAll @IntRange(min = 1, max = 8) int exif,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 1300) int height,
            @ForAll int seed) {
        Orientation orientation = Orientation.ofExif(exif);
        Pixels stored = new Pixels(width, height);
        new Random(seed).nextBytes(stored.rgb());
        Header header = new Header(
                PictureFormat.PNG,
                width,
                height,
                8,
                3,
                orientation,
                OptionalDouble.empty(),
                Optional.empty(),
                Map.of());
        Pixels seen = new Pixels(orientation.width(width, height), orientation.height(width, height));
        Bands bands = new Bands(
                header,
                (x, y, block) -> {
                    // Every band but those at the rim meets the chunks, so that no chunk is written twice.
                    assertThat(x % 512).isZero();
                    assertThat(y % 512).isZero();
                    for (int row = 0; row < block.height(); row++)
                        System.arraycopy(
                                block.rgb(),
                                3 * row * block.width(),
                                seen.rgb(),
                                3 * ((y + row) * seen.width() + x),
                                3 * block.width());
                },
                rows -> assertThat(rows).isBetween(0, seen.height()));
        for (int y = 0; y < height; y++) bands.row(stored.rgb(), 3 * width * y);

        assertThat(bands.complete()).isTrue();
        assertThat(seen.rgb()).isEqualTo(orientation.turn(stored).rgb());
    }

    /** The corner that EXIF's definition puts first: value 6 stores the right-hand side as its top row, and so on. */
    @Property(tries = 20)
    void theFirstStoredPixelGoesToItsCorner(@ForAll @IntRange(min = 1, max = 8) int exif) {
        Pixels stored = new Pixels(3, 2);
        stored.rgb()[0] = 99;
        Pixels seen = Orientation.ofExif(exif).turn(stored);
        boolean right = exif == 2 || exif == 3 || exif == 6 || exif == 7;
        boolean bottom = exif == 3 || exif == 4 || exif == 7 || exif == 8;
        assertThat(seen.sample(right ? seen.width() - 1 : 0, bottom ? seen.height() - 1 : 0, 0))
                .isEqualTo(99);
        assertThat(new Region(0, 0, seen.width(), seen.height()).area()).isEqualTo(6);
    }
}
