package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.Planes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PaddingTest {
    @Property(tries = 300)
    void whatIsPaddedIsCroppedBack(
            @ForAll @IntRange(min = 1, max = 150) int width,
            @ForAll @IntRange(min = 1, max = 150) int height,
            @ForAll @IntRange(min = 1, max = 2) int batch) {
        Planes picture = counted(batch, width, height);
        Padding padding = Padding.of(width, height);
        Planes padded = padding.pad(picture);
        assertThat(padded.width() % 8).isZero();
        assertThat(padded.height()).isGreaterThanOrEqualTo(64);
        assertThat(padded.width() - width).isLessThan(Math.max(8, 65 - width));
        assertThat(padding.crop(padded).values()).isEqualTo(picture.values());
    }

    @Test
    void reflectsWithoutRepeatingTheRimAndAsOftenAsNeeded() {
        Planes padded = Padding.of(4, 1).pad(new Planes(1, 1, 1, 4, new float[] {0, 1, 2, 3}));
        float[] period = {0, 1, 2, 3, 2, 1};
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) assertThat(padded.values()[64 * y + x]).isEqualTo(period[x % 6]);
        }
    }

    @Test
    void aPictureOfOnePixelFillsAll() {
        Planes padded = Padding.of(1, 1).pad(new Planes(1, 3, 1, 1, new float[] {1, 2, 3}));
        assertThat(padded.height()).isEqualTo(64);
        for (int i = 0; i < padded.values().length; i++)
            assertThat(padded.values()[i]).isEqualTo(1 + i / (64 * 64));
    }

    @Test
    void aLongThinPictureKeepsItsLength() {
        Padding padding = Padding.of(1, 4000);
        assertThat(padding.paddedWidth()).isEqualTo(64);
        assertThat(padding.paddedHeight()).isEqualTo(4000);
        assertThat(Padding.of(896, 64).isNone()).isTrue();
    }

    @Test
    void refusesAnotherSize() {
        assertThatThrownBy(() -> Padding.of(4, 4).pad(new Planes(1, 3, 4, 5)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Planes counted(int batch, int width, int height) {
        Planes planes = new Planes(batch, 3, height, width);
        for (int i = 0; i < planes.values().length; i++) planes.values()[i] = i;
        return planes;
    }
}
