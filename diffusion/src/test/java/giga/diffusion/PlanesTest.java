package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlanesTest {
    /** Values that tell their place. */
    private static Planes numbered(int batch, int channels, int height, int width) {
        Planes planes = new Planes(batch, channels, height, width);
        for (int i = 0; i < planes.values().length; i++) planes.values()[i] = i;
        return planes;
    }

    @Property
    void aPartHoldsWhatStoodThere(
            @ForAll @IntRange(min = 1, max = 2) int batch,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll @IntRange(min = 1, max = 6) int width,
            @ForAll @IntRange(min = 1, max = 6) int height,
            @ForAll @IntRange(max = 5) int x,
            @ForAll @IntRange(max = 5) int y) {
        Planes whole = numbered(batch, channels, y + height + 2, x + width + 1);
        Planes part = whole.part(x, y, width, height);
        int at = 0;
        for (int plane = 0; plane < batch * channels; plane++)
            for (int row = y; row < y + height; row++)
                for (int column = x; column < x + width; column++)
                    assertThat(part.values()[at++]).isEqualTo((plane * whole.height() + row) * whole.width() + column);
        assertThat(new int[] {part.batch(), part.channels(), part.height(), part.width()})
                .containsExactly(batch, channels, height, width);
    }

    @Test
    void aPartLiesInside() {
        Planes whole = numbered(1, 1, 4, 5);
        assertThat(whole.part(0, 0, 5, 4).values()).isEqualTo(whole.values());
        assertThatThrownBy(() -> whole.part(1, 0, 5, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> whole.part(0, 2, 5, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> whole.part(-1, 0, 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
