package giga.redraw.inspect;

import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A straight line inside a picture along which cores end.
 *
 * @param vertical whether it runs between columns {@code position - 1} and {@code position}; else between those rows
 * @param from first pixel along the line
 * @param to just behind the last
 */
record Boundary(boolean vertical, int position, int from, int to) {
    /**
     * Every line inside the picture where a core begins or ends, each once, upright lines first. For cores that
     * partition the picture these are the lines between neighbours.
     */
    static List<Boundary> between(List<Region> cores, Region bounds) {
        Map<Integer, List<int[]>> upright = new TreeMap<>();
        Map<Integer, List<int[]>> level = new TreeMap<>();
        for (Region core : cores) {
            if (!core.intersects(bounds)) continue;
            Region inside = core.intersection(bounds);
            add(upright, inside.x(), inside.y(), inside.bottom(), bounds.right());
            add(upright, inside.right(), inside.y(), inside.bottom(), bounds.right());
            add(level, inside.y(), inside.x(), inside.right(), bounds.bottom());
            add(level, inside.bottom(), inside.x(), inside.right(), bounds.bottom());
        }
        List<Boundary> boundaries = new ArrayList<>();
        upright.forEach((position, stretches) -> join(true, position, stretches, boundaries));
        level.forEach((position, stretches) -> join(false, position, stretches, boundaries));
        return boundaries;
    }

    /** The line moved across itself; empty when that leaves the picture. */
    Optional<Boundary> moved(int by, Region bounds) {
        int moved = position + by;
        boolean inside = moved > 0 && moved < (vertical ? bounds.right() : bounds.bottom());
        return inside ? Optional.of(new Boundary(vertical, moved, from, to)) : Optional.empty();
    }

    int length() {
        return to - from;
    }

    /** The line cut into pieces as equal as whole pixels allow, their length as near to {@code length} as that allows. */
    List<Boundary> pieces(int length) {
        int count = Math.max(1, Math.round((float) length() / length));
        List<Boundary> pieces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) pieces.add(new Boundary(vertical, position, cut(i, count), cut(i + 1, count)));
        return pieces;
    }

    /** The pixels up to {@code margin} on both sides of the line, as far as they lie in the picture. */
    Region surroundings(int margin, Region bounds) {
        Region line = vertical
                ? new Region(position - margin, from, 2 * margin, length())
                : new Region(from, position - margin, length(), 2 * margin);
        return line.intersection(bounds);
    }

    private int cut(int i, int count) {
        return from + (int) ((long) length() * i / count);
    }

    private static void add(Map<Integer, List<int[]>> lines, int position, int from, int to, int rim) {
        if (position == 0 || position == rim) return;
        lines.computeIfAbsent(position, unused -> new ArrayList<>()).add(new int[] {from, to});
    }

    private static void join(boolean vertical, int position, List<int[]> stretches, List<Boundary> joined) {
        stretches.sort((a, b) -> Integer.compare(a[0], b[0]));
        int from = stretches.getFirst()[0];
        int to = stretches.getFirst()[1];
        for (int[] stretch : stretches) {
            if (stretch[0] > to) {
                joined.add(new Boundary(vertical, position, from, to));
                from = stretch[0];
            }
            to = Math.max(to, stretch[1]);
        }
        joined.add(new Boundary(vertical, position, from, to));
    }
}
