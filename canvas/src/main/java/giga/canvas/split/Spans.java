package giga.canvas.split;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How one side of a picture is cut: span i goes from {@code starts[i]} to just before {@code ends[i]}. */
record Spans(int[] starts, int[] ends) {
    /** Pieces of one size, neighbours sharing some pixels; the last has what is left. */
    static Spans ofSize(int size, int overlap, int side) {
        int step = size - overlap;
        int count = size >= side ? 1 : Math.ceilDiv(side - overlap, step);
        return new Spans(
                IntStream.range(0, count).map(i -> i * step).toArray(),
                IntStream.range(0, count)
                        .map(i -> (int) Math.min((long) i * step + size, side))
                        .toArray());
    }

    /** As many pieces as asked for, of sizes that differ by a pixel at most, as ImageMagick's {@code -crop NxM+X+Y@} rounds them. */
    static Spans ofCount(int count, int overlap, int side) {
        int[] bounds = new int[count + 1];
        double step = (double) (side - overlap) / count;
        double at = 0;
        // Added up as there, where a half that became a little less is rounded down.
        for (int i = 1; i < count; i++) bounds[i] = rounded(at += step);
        bounds[count] = side - overlap;
        return new Spans(
                Arrays.copyOf(bounds, count),
                IntStream.rangeClosed(1, count).map(i -> bounds[i] + overlap).toArray());
    }

    private static int rounded(double x) {
        return (int) (x - Math.floor(x) < Math.ceil(x) - x ? Math.floor(x) : Math.ceil(x));
    }

    /** Each grown by half of the overlap on both sides, within the picture. */
    Spans grown(int overlap, int side) {
        return new Spans(
                IntStream.of(starts)
                        .map(start -> Math.max(0, start - overlap / 2))
                        .toArray(),
                IntStream.of(ends)
                        .map(end -> Math.min(side, end + overlap - overlap / 2))
                        .toArray());
    }

    int count() {
        return starts.length;
    }
}
