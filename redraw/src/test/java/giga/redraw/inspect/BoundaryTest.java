package giga.redraw.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Region;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BoundaryTest {
    private static final Region BOUNDS = new Region(0, 0, 100, 80);

    @Test
    void neighboursShareOneLine() {
        List<Region> cores = List.of(
                new Region(0, 0, 60, 50),
                new Region(60, 0, 40, 50),
                new Region(0, 50, 60, 30),
                new Region(60, 50, 40, 30));
        assertThat(Boundary.between(cores, BOUNDS))
                .containsExactly(new Boundary(true, 60, 0, 80), new Boundary(false, 50, 0, 100));
    }

    @Test
    void shiftedRowsHaveLinesOfTheirOwn() {
        List<Region> cores = List.of(
                new Region(0, 0, 60, 50),
                new Region(60, 0, 40, 50),
                new Region(0, 50, 30, 30),
                new Region(30, 50, 70, 30));
        assertThat(Boundary.between(cores, BOUNDS))
                .containsExactly(
                        new Boundary(true, 30, 50, 80), new Boundary(true, 60, 0, 50), new Boundary(false, 50, 0, 100));
    }

    @Test
    void theRimIsNoBoundary() {
        assertThat(Boundary.between(List.of(BOUNDS), BOUNDS)).isEmpty();
        assertThat(Boundary.between(List.of(new Region(-5, -5, 500, 500)), BOUNDS))
                .isEmpty();
        assertThat(Boundary.between(List.of(), BOUNDS)).isEmpty();
    }

    @Property
    void piecesJoinToTheLineAndAreNearlyEqual(
            @ForAll @IntRange(max = 9999) int from, @ForAll @IntRange(min = 1, max = 9999) int length) {
        List<Boundary> pieces = new Boundary(true, 7, from, from + length).pieces(64);
        int next = from;
        for (Boundary piece : pieces) {
            assertThat(piece.from()).isEqualTo(next);
            if (length >= 64) assertThat(piece.length()).isBetween(42, 96);
            next = piece.to();
        }
        assertThat(next).isEqualTo(from + length);
    }
}
