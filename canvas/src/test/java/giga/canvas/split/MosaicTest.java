package giga.canvas.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.split.Arrangement.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MosaicTest {
    @Property(tries = 500)
    void whatWasSplitIsJoinedToTheSamePixels(
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 99) int size,
            @ForAll @IntRange(min = 0, max = 2) int kind,
            @ForAll @IntRange(min = 0, max = 9) int overlap,
            @ForAll Random random) {
        String geometry = switch (kind) {
            case 0 -> size + "%x" + (100 - size) + "%";
            case 1 -> size + "x" + (100 - size);
            default -> size % 8 + 1 + "x" + (size % 5 + 1) + "@";
        };
        Pixels picture = new Pixels(width, height);
        random.nextBytes(picture.rgb());
        List<Picture> pieces = cut(geometry, overlap, picture);
        Assume.that(!pieces.isEmpty());
        long columns = new Cut(geometry, overlap)
                .regions(width, height).stream().filter(piece -> piece.y() == 0).count();
        Mosaic mosaic = new Mosaic(Arrangement.of(sizes(pieces), (int) columns, overlap), pieces);
        assertThat(mosaic.bounds()).isEqualTo(picture.bounds());
        assertThat(mosaic.read(mosaic.bounds()).rgb()).isEqualTo(picture.rgb());
        int x = random.nextInt(width);
        int y = random.nextInt(height);
        Region part = new Region(x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(height - y));
        assertThat(mosaic.read(part).rgb()).isEqualTo(picture.read(part).rgb());
    }

    private static List<Picture> cut(String geometry, int overlap, Picture picture) {
        try {
            return new Cut(geometry, overlap).of(picture);
        } catch (PictureException e) {
            return List.of();
        }
    }

    private static List<Piece> sizes(List<Picture> pieces) {
        List<Piece> sizes = new ArrayList<>();
        for (Picture piece : pieces) sizes.add(new Piece(sizes.size() + ".png", piece.width(), piece.height()));
        return sizes;
    }

    @ParameterizedTest
    @CsvSource({"50%x50%, 37, 29, 2", "12x10, 37, 29, 4", "3x2@, 38, 29, 3", "5x1@, 37, 29, 5", "100%, 37, 29, 1"})
    void columnsAreFoundByTheSizes(String geometry, int width, int height, int columns) {
        List<Piece> pieces = sizes(cut(geometry, 0, new Pixels(width, height)));
        assertThat(Arrangement.found(pieces, 0).widths()).hasSize(columns);
    }

    @Example
    void piecesThatFitInSeveralWaysAreNotGuessedAbout() {
        List<Piece> pieces = sizes(cut("50%x50%", 0, new Pixels(40, 30)));
        assertThatThrownBy(() -> Arrangement.found(pieces, 0))
                .isInstanceOf(PictureException.class)
                .hasMessage("the 4 pieces fit together in 1, 2 or 4 columns; say which by --columns.");
        assertThat(Arrangement.of(pieces, 2, 0).width()).isEqualTo(40);
    }

    @Example
    void piecesThatDoNotFitAreNamed() {
        List<Piece> pieces = sizes(cut("3x2@", 0, new Pixels(38, 29)));
        pieces.set(4, new Piece("4.png", 13, 15));
        assertThatThrownBy(() -> Arrangement.found(pieces, 0))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith(
                        "in 3 columns the pieces do not fit together: 4.png has 13x15 pixels where 12x14 fit;");
        assertThatThrownBy(() -> Arrangement.of(pieces, 4, 0)).hasMessageContaining("no whole rows of 4 columns");
        assertThatThrownBy(() -> Arrangement.of(pieces, 0, 0)).hasMessageContaining("give 1 or more");
        assertThatThrownBy(() -> Arrangement.of(pieces.subList(0, 3), 3, 12)).hasMessageContaining("leaves nothing");
        assertThatThrownBy(() -> Arrangement.of(pieces.subList(0, 3), 3, -1)).hasMessageContaining("0 or more");
        Piece wide = new Piece("wide.png", 200_000, 1);
        assertThatThrownBy(() -> Arrangement.of(List.of(wide, wide), 2, 0)).hasMessageContaining("join fewer");
    }
}
