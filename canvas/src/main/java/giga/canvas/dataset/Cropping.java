package giga.canvas.dataset;

import giga.canvas.PictureException;
import java.util.List;

/**
 * Which crops are taken.
 *
 * @param size side of a crop in pixels, a multiple of 64
 * @param scales 1 for pixels as they are, 2, 4 or 8 for a place so many times as wide, reduced
 * @param count crops wanted from all pictures together
 * @param perPicture most from one picture; 0 for no bound of its own
 * @param flat places whose neighbouring pixels differ less than this are left out, in grey levels
 * @param seed chooses the first crop; the others follow from it
 */
public record Cropping(int size, List<Integer> scales, int count, int perPicture, double flat, long seed) {
    private static final int STEP = 64;
    private static final int LARGEST = 2048;
    private static final int MOST = 100_000;
    private static final double DARKEST = 25;
    private static final double BRIGHTEST = 235;
    private static final double MOST_MARGIN = 0.05;

    /** @throws PictureException when one of them makes no sense */
    public Cropping {
        scales = scales.stream().distinct().sorted().toList();
        if (size < STEP || size > LARGEST || size % STEP != 0)
            throw new PictureException("size %d: give a multiple of %d from %d to %d, as 512, 768 or 1024."
                    .formatted(size, STEP, STEP, LARGEST));
        if (scales.isEmpty() || !List.of(1, 2, 4, 8).containsAll(scales))
            throw new PictureException("scales %s: give one or some of 1, 2, 4 and 8.".formatted(scales));
        if (count < 1 || count > MOST)
            throw new PictureException("count %d: give 1 to %d crops.".formatted(count, MOST));
        if (perPicture < 0) throw new PictureException("per picture %d: give 1 or more crops.".formatted(perPicture));
        if (!(flat >= 0 && flat <= 255))
            throw new PictureException("flat %s: give 0 to 255 grey levels.".formatted(flat));
    }

    /** Half a crop: places lie so far apart, and are seen in quarters. */
    int cell() {
        return size / 2;
    }

    int mostFromOne() {
        return perPicture == 0 ? count : Math.min(count, perPicture);
    }

    /** Whether a picture is large enough for a crop at the smallest scale. */
    public boolean fits(int width, int height) {
        return Math.min(width, height) >= least();
    }

    /** The side that a picture must have. */
    public int least() {
        return size * scales.getFirst();
    }

    /** Whether a place is worth cutting: as a whole, and all of its quarters but one. */
    boolean isWorthwhile(Features place, List<Features> quarters) {
        return isWorthwhile(place)
                && quarters.stream().filter(this::isWorthwhile).count() >= quarters.size() - 1;
    }

    private boolean isWorthwhile(Features place) {
        return (place.across() + place.down()) / 2 >= flat
                && place.brightness() >= DARKEST
                && place.brightness() <= BRIGHTEST
                && place.margin() <= MOST_MARGIN;
    }
}
