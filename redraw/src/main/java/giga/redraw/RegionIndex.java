package giga.redraw;

import giga.canvas.Region;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Finds which of many regions meet a given one at a price that depends on how many do, not on how many there are. Square
 * buckets of about a region's size; each lists the regions that reach into it, all lists in one array.
 */
public final class RegionIndex<T> {
    private static final int SMALLEST_SIDE = 16;
    private static final int MOST_BUCKETS_PER_ITEM = 4;

    private final List<T> items;
    private final Function<T, Region> place;
    private final int side;
    private final int columns;
    private final int rows;
    private final int[] starts;
    private final int[] members;

    /**
     * @param width of the canvas that all regions lie in
     * @param place where an item lies
     */
    public RegionIndex(int width, int height, List<T> items, Function<T, Region> place) {
        this.items = List.copyOf(items);
        this.place = place;
        double mean = items.stream()
                .map(place)
                .mapToInt(region -> Math.max(region.width(), region.height()))
                .average()
                .orElse(0);
        double sparse = Math.sqrt((double) width * height / Math.max(1, items.size()) / MOST_BUCKETS_PER_ITEM);
        side = (int) Math.max(SMALLEST_SIDE, Math.max(mean, sparse));
        columns = Math.ceilDiv(width, side);
        rows = Math.ceilDiv(height, side);
        starts = new int[columns * rows + 1];
        for (T item : items) eachBucket(place.apply(item), bucket -> starts[bucket + 1]++);
        for (int bucket = 0; bucket < columns * rows; bucket++) starts[bucket + 1] += starts[bucket];
        members = new int[starts[columns * rows]];
        int[] next = starts.clone();
        for (int i = 0; i < items.size(); i++) {
            int item = i;
            eachBucket(place.apply(items.get(i)), bucket -> members[next[bucket]++] = item);
        }
    }

    /** The items that share pixels with a region, in the order in which they were given. */
    public List<T> touching(Region region) {
        IntStream.Builder found = IntStream.builder();
        eachBucket(region, bucket -> {
            for (int i = starts[bucket]; i < starts[bucket + 1]; i++) found.add(members[i]);
        });
        return found.build()
                .distinct()
                .sorted()
                .mapToObj(items::get)
                .filter(item -> place.apply(item).intersects(region))
                .toList();
    }

    private void eachBucket(Region region, IntConsumer work) {
        for (int row = Math.max(0, region.y() / side); row <= Math.min(rows - 1, (region.bottom() - 1) / side); row++) {
            for (int column = Math.max(0, region.x() / side);
                    column <= Math.min(columns - 1, (region.right() - 1) / side);
                    column++) work.accept(row * columns + column);
        }
    }
}
