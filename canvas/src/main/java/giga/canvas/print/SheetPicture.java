package giga.canvas.print;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.Arrays;

/** A picture on a white sheet: beyond its own edges, where the sheet wants more of it, its mirror image. */
record SheetPicture(Picture picture, Layout layout) implements Picture {
    /** A quarter of a point, as thin as presses print. */
    private static final double LINE_INCHES = 0.25 / 72;

    @Override
    public int width() {
        return layout.width();
    }

    @Override
    public int height() {
        return layout.height();
    }

    @Override
    public Pixels read(Region region) {
        if (!bounds().contains(region)) throw new IllegalArgumentException(region + " lies outside " + bounds());
        Region filled = layout.filled();
        if (filled.contains(region) && layout.scaled().contains(region)) return direct(region);
        Pixels sheet = new Pixels(region.width(), region.height());
        Arrays.fill(sheet.rgb(), (byte) 0xFF);
        if (filled.intersects(region)) fill(filled.intersection(region), sheet, region);
        if (layout.marks()) mark(sheet, region);
        return sheet;
    }

    private Pixels direct(Region region) {
        Region scaled = layout.scaled();
        return picture.read(
                new Region(region.x() - scaled.x(), region.y() - scaled.y(), region.width(), region.height()));
    }

    private void fill(Region part, Pixels sheet, Region region) {
        int[] columns = mirrored(part.x() - layout.scaled().x(), part.width(), picture.width());
        int[] rows = mirrored(part.y() - layout.scaled().y(), part.height(), picture.height());
        int left = Arrays.stream(columns).min().orElseThrow();
        int top = Arrays.stream(rows).min().orElseThrow();
        Pixels held = picture.read(new Region(
                left,
                top,
                Arrays.stream(columns).max().orElseThrow() - left + 1,
                Arrays.stream(rows).max().orElseThrow() - top + 1));
        for (int y = 0; y < rows.length; y++) {
            int to = 3 * ((part.y() - region.y() + y) * region.width() + part.x() - region.x());
            int from = (rows[y] - top) * held.width() - left;
            for (int column : columns) {
                int at = 3 * (from + column);
                sheet.rgb()[to++] = held.rgb()[at];
                sheet.rgb()[to++] = held.rgb()[at + 1];
                sheet.rgb()[to++] = held.rgb()[at + 2];
            }
        }
    }

    /** The places {@code from} on of an axis that is mirrored at both ends of a side, again and again. */
    private static int[] mirrored(int from, int count, int side) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            long place = Math.floorMod((long) from + i, 2L * side);
            places[i] = (int) (place < side ? place : 2L * side - 1 - place);
        }
        return places;
    }

    private void mark(Pixels sheet, Region region) {
        int line = Math.max(1, (int) Math.round(LINE_INCHES * layout.dpi()));
        for (double[] place : layout.markPlaces()) {
            int x1 = (int) Math.round(place[0]) - (place[0] == place[2] ? line / 2 : 0);
            int y1 = (int) Math.round(place[1]) - (place[1] == place[3] ? line / 2 : 0);
            int x2 = Math.max((int) Math.round(place[2]), x1 + line);
            int y2 = Math.max((int) Math.round(place[3]), y1 + line);
            Region mark = new Region(x1, y1, x2 - x1, y2 - y1);
            if (mark.intersects(region)) blacken(mark.intersection(region), sheet, region);
        }
    }

    private static void blacken(Region part, Pixels sheet, Region region) {
        for (int y = part.y(); y < part.bottom(); y++) {
            int at = 3 * ((y - region.y()) * region.width() + part.x() - region.x());
            Arrays.fill(sheet.rgb(), at, at + 3 * part.width(), (byte) 0);
        }
    }
}
