package giga.canvas.dataset;

import giga.canvas.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** Crops of several pictures, chosen for variety: of each picture first, then over all. */
public final class Selection {
    private final Cropping cropping;
    private final List<Candidate> best = new ArrayList<>();

    public Selection(Cropping cropping) {
        this.cropping = cropping;
    }

    /**
     * Looks at a picture, in memory of about a thousandth of it.
     *
     * @param number that it is known by
     * @param rowsDone told how many rows were seen; may throw to stop
     * @return whether anything in it is worth cutting
     * @throws giga.canvas.PictureException when it cannot be read
     */
    public boolean add(int number, Picture picture, IntConsumer rowsDone) {
        List<Candidate> found = new Sweep(picture, cropping).candidates(number, rowsDone);
        return best.addAll(Variety.choose(found, cropping.mostFromOne(), cropping.seed()));
    }

    /** The crops by their pictures' numbers, in the order they were chosen. */
    public Map<Integer, List<Candidate>> chosen() {
        return Variety.choose(best, cropping.count(), cropping.seed()).stream()
                .collect(Collectors.groupingBy(Candidate::picture, TreeMap::new, Collectors.toList()));
    }
}
