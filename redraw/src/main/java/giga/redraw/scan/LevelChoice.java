package giga.redraw.scan;

import giga.canvas.PictureException;
import giga.canvas.dezoom.format.Level;
import java.util.Comparator;
import java.util.List;

/**
 * Which of a picture's sizes is fetched: the largest within bounds.
 *
 * @param number of the level as {@code --list} shows them, from 1; 0 where it is for the bounds to decide
 * @param width that it has at most; height likewise
 */
public record LevelChoice(int number, int width, int height) {
    public static final LevelChoice LARGEST = new LevelChoice(0, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public LevelChoice {
        if (number < 0) throw new PictureException("level %d: give 1 or more, as --list shows them".formatted(number));
        if (width < 1 || height < 1)
            throw new PictureException("at most %dx%d pixels: give 1 or more".formatted(width, height));
    }

    /** @throws PictureException when there is none */
    Level of(List<Level> levels) {
        if (number > levels.size())
            throw new PictureException(
                    "There is no level %d; --list shows the %d there are.".formatted(number, levels.size()));
        if (number > 0) return levels.get(number - 1);
        return levels.stream()
                .filter(level -> level.width() <= width && level.height() <= height)
                .max(Comparator.comparingLong(Level::area))
                .orElseThrow(() -> new PictureException(
                        "No level has %dx%d pixels or less; --list shows them.".formatted(width, height)));
    }
}
