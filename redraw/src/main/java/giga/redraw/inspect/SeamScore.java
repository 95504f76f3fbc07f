package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * How visible the borders of tiles are; 1.00 is invisible.
 *
 * <p>The boundary lines between cores are cut into segments of about 64 pixels. For one segment let D(k) be the mean
 * absolute difference, over its pixels and the three channels, of the two pixels on either side of the line moved k
 * pixels across itself; D(0) lies on the boundary. The segment's score is
 * {@code (D(0) + 1/3) / (mean of D(k) for 3 <= |k| <= 12 + 1/3)}, over those k that lie in the picture. 1/3 of a level is
 * the mean difference that rounding to 8 bits makes by itself; it keeps flat areas at 1 and lets a step there count
 * without dividing by nothing: a step of 8 levels in a flat area scores 25.
 *
 * @param mean over the segments; 1 when there are none
 * @param percentile99 the least score that 99 % of the segments do not exceed; 1 when there are none
 * @param segments how many were measured
 * @param worst the highest scores, highest first, at most 10
 */
public record SeamScore(double mean, double percentile99, int segments, List<Segment> worst) {
    private static final int LENGTH = 64;
    /** Segments read at once: few reads, some hundred kilobytes. */
    private static final int GROUP = 32;

    private static final int NEAR = 3;
    private static final int FAR = 12;
    private static final double ROUNDING = 1.0 / 3;
    private static final int WORST = 10;
    /** Beyond any blend's reach in practice, and a whole number of the decoders' 8-pixel grids. */
    private static final int AWAY = 64;

    /**
     * @param where the pixels that were compared
     * @param line the pixels on either side of the boundary itself
     */
    public record Segment(Region where, Region line, double score) {}

    public SeamScore {
        worst = List.copyOf(worst);
    }

    /** @param cores of the tiles of one pass, in the picture's pixels */
    public static SeamScore of(Picture picture, List<Region> cores) {
        return of(picture, cores, _ -> {});
    }

    /** @param each given every segment, for those who draw them */
    public static SeamScore of(Picture picture, List<Region> cores, Consumer<Segment> each) {
        return along(picture, Boundary.between(cores, picture.bounds()), each);
    }

    /**
     * What the same measure says where no tile ends: along the boundaries moved into the tiles. Contours of the picture,
     * and the grid that an autoencoder's decoder leaves, raise both alike; only what the real boundaries have beyond this
     * is a seam.
     */
    public static SeamScore control(Picture picture, List<Region> cores) {
        List<Boundary> inside = new ArrayList<>();
        for (Boundary boundary : Boundary.between(cores, picture.bounds())) {
            boundary.moved(-AWAY, picture.bounds()).ifPresent(inside::add);
            boundary.moved(AWAY, picture.bounds()).ifPresent(inside::add);
        }
        return along(picture, inside, _ -> {});
    }

    private static SeamScore along(Picture picture, List<Boundary> boundaries, Consumer<Segment> each) {
        Tally tally = new Tally(each);
        for (Boundary boundary : boundaries) {
            List<Boundary> pieces = boundary.pieces(LENGTH);
            for (int i = 0; i < pieces.size(); i += GROUP)
                measure(picture, pieces.subList(i, Math.min(i + GROUP, pieces.size())), tally);
        }
        return tally.result();
    }

    public String text() {
        return String.format(
                Locale.ROOT, "seams %.3f mean, %.3f at 99 %% of %d segments", mean, percentile99, segments);
    }

    private static void measure(Picture picture, List<Boundary> pieces, Tally tally) {
        Boundary first = pieces.getFirst();
        Boundary whole = new Boundary(
                first.vertical(),
                first.position(),
                first.from(),
                pieces.getLast().to());
        Region region = whole.surroundings(FAR + 1, picture.bounds());
        Strip strip = new Strip(picture.read(region), first.vertical());
        int line = first.position() - (first.vertical() ? region.x() : region.y());
        for (Boundary piece : pieces) {
            int from = piece.from() - first.from();
            double score = score(strip, line, from, from + piece.length());
            if (!Double.isNaN(score))
                tally.add(new Segment(
                        piece.surroundings(FAR + 1, picture.bounds()), piece.surroundings(1, picture.bounds()), score));
        }
    }

    /** NaN where the picture has no parallel lines to compare with. */
    private static double score(Strip strip, int line, int from, int to) {
        double sum = 0;
        int count = 0;
        for (int k = NEAR; k <= FAR; k++) {
            for (int parallel : new int[] {line - k, line + k}) {
                if (parallel < 1 || parallel >= strip.breadth()) continue;
                sum += strip.difference(parallel, from, to);
                count++;
            }
        }
        return (strip.difference(line, from, to) + ROUNDING) / (sum / count + ROUNDING);
    }

    /** Pixels along a line, seen as if the line were upright. */
    private record Strip(Pixels pixels, boolean vertical) {
        int breadth() {
            return vertical ? pixels.width() : pixels.height();
        }

        /** Mean absolute difference across the line between {@code position - 1} and {@code position}. */
        double difference(int position, int from, int to) {
            long sum = 0;
            for (int along = from; along < to; along++)
                for (int channel = 0; channel < 3; channel++)
                    sum += Math.abs(sample(position, along, channel) - sample(position - 1, along, channel));
            return sum / (3.0 * (to - from));
        }

        private int sample(int across, int along, int channel) {
            return vertical ? pixels.sample(across, along, channel) : pixels.sample(along, across, channel);
        }
    }

    /** Keeps 8 bytes a segment, the only thing here that grows with the picture. */
    private static final class Tally {
        private final PriorityQueue<Segment> worst = new PriorityQueue<>(Comparator.comparingDouble(Segment::score));
        private final Consumer<Segment> each;
        private double[] scores = new double[1024];
        private int count;

        Tally(Consumer<Segment> each) {
            this.each = each;
        }

        void add(Segment segment) {
            each.accept(segment);
            if (count == scores.length) scores = Arrays.copyOf(scores, 2 * count);
            scores[count++] = segment.score();
            worst.add(segment);
            if (worst.size() > WORST) worst.remove();
        }

        SeamScore result() {
            if (count == 0) return new SeamScore(1, 1, 0, List.of());
            double[] sorted = Arrays.copyOf(scores, count);
            Arrays.sort(sorted);
            List<Segment> highest = new ArrayList<>(worst);
            highest.sort(Comparator.comparingDouble(Segment::score).reversed());
            double mean = Arrays.stream(sorted).average().orElseThrow();
            return new SeamScore(mean, sorted[(int) Math.ceil(0.99 * count) - 1], count, highest);
        }
    }
}
