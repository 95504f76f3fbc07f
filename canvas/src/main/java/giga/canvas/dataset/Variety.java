package giga.canvas.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses places that differ: each next one is the farthest from all chosen so far.
 *
 * @see <a href="https://doi.org/10.1016/0304-3975(85)90224-5">Gonzalez: Clustering to minimize the maximum intercluster distance, 1985</a>
 */
final class Variety {
    private static final double TAKEN = -1;

    private Variety() {}

    /**
     * Up to {@code count} places, none of which shows a part of another at its scale.
     *
     * @param seed chooses the first
     */
    static List<Candidate> choose(List<Candidate> from, int count, long seed) {
        List<Candidate> chosen = new ArrayList<>();
        if (from.isEmpty()) return chosen;
        double[][] points = from.stream().map(place -> place.features().point()).toArray(double[][]::new);
        double[] distances = new double[points.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        int next = new SplittableRandom(seed).nextInt(points.length);
        while (chosen.size() < count && distances[next] > TAKEN) {
            Candidate place = from.get(next);
            chosen.add(place);
            next = farthest(from, points, distances, place, points[next]);
        }
        return chosen;
    }

    /** Brings the distances up to date; the largest, the first of equal ones. */
    private static int farthest(
            List<Candidate> from, double[][] points, double[] distances, Candidate chosen, double[] point) {
        int farthest = 0;
        for (int i = 0; i < points.length; i++) {
            if (distances[i] == TAKEN) continue;
            distances[i] = from.get(i).overlaps(chosen) ? TAKEN : Math.min(distances[i], distance(points[i], point));
            if (distances[i] > distances[farthest]) farthest = i;
        }
        return farthest;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
