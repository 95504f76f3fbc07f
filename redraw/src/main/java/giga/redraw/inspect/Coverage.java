package giga.redraw.inspect;

import giga.canvas.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How much of a picture the cores of a redraw pass cover: exact counts, in memory that depends on the number of cores
 * alone. Parts of cores outside the picture do not count.
 *
 * @param pixels of the picture
 * @param covered pixels that lie in at least one core
 * @param overlapping pixels that lie in more than one core
 */
public record Coverage(long pixels, long covered, long overlapping) {
    /** @param bounds the picture */
    public static Coverage of(Region bounds, List<Region> cores) {
        List<Region> inside = new ArrayList<>();
        SortedSet<Integer> rows = new TreeSet<>();
        for (Region core : cores) {
            if (!core.intersects(bounds)) continue;
            Region part = core.intersection(bounds);
            inside.add(part);
            rows.add(part.y());
            rows.add(part.bottom());
        }
        inside.sort(Comparator.comparingInt(Region::y));
        return sweep(bounds, inside, List.copyOf(rows));
    }

    /** Covered share of the picture, 0 to 1. */
    public double share() {
        return (double) covered / pixels;
    }

    /** Whether every pixel lies in exactly one core. */
    public boolean isPartition() {
        return covered == pixels && overlapping == 0;
    }

    public String text() {
        String overlap = overlapping == 0 ? "" : ", " + overlapping + " pixels more than once";
        return String.format(Locale.ROOT, "coverage %.4f %% of %d pixels%s", 100 * share(), pixels, overlap);
    }

    /** Between two neighbouring rows of the list the same cores lie beside each other. */
    private static Coverage sweep(Region bounds, List<Region> cores, List<Integer> rows) {
        long covered = 0;
        long overlapping = 0;
        List<Region> active = new ArrayList<>();
        int next = 0;
        for (int i = 0; i + 1 < rows.size(); i++) {
            int y = rows.get(i);
            active.removeIf(core -> core.bottom() <= y);
            while (next < cores.size() && cores.get(next).y() == y) active.add(cores.get(next++));
            active.sort(Comparator.comparingInt(Region::x));
            long height = rows.get(i + 1) - y;
            int once = bounds.x();
            int twice = bounds.x();
            for (Region core : active) {
                // Columns before "once" lie in an earlier core, before "twice" in two of them.
                int end = Math.min(core.right(), once);
                overlapping += height * Math.max(0, end - Math.max(core.x(), twice));
                covered += height * Math.max(0, core.right() - Math.max(core.x(), once));
                twice = Math.max(twice, end);
                once = Math.max(once, core.right());
            }
        }
        return new Coverage(bounds.area(), covered, overlapping);
    }
}
