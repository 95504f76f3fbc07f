package giga.canvas.finish;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;

/** A picture side by side with itself, from the origin on in all directions. */
record RepeatedSurface(Picture period) implements Surface {
    @Override
    public Pixels read(Region region) {
        Pixels result = new Pixels(region.width(), region.height());
        for (int y = region.y(); y < region.bottom(); ) {
            int top = Math.floorMod(y, period.height());
            int rows = Math.min(period.height() - top, region.bottom() - y);
            for (int x = region.x(); x < region.right(); ) {
                int left = Math.floorMod(x, period.width());
                int columns = Math.min(period.width() - left, region.right() - x);
                copy(new Region(left, top, columns, rows), result, x - region.x(), y - region.y());
                x += columns;
            }
            y += rows;
        }
        return result;
    }

    private void copy(Region part, Pixels result, int x, int y) {
        boolean inMemory = period instanceof Pixels;
        Pixels from = period instanceof Pixels pixels ? pixels : period.read(part);
        int left = inMemory ? part.x() : 0;
        int top = inMemory ? part.y() : 0;
        for (int row = 0; row < part.height(); row++)
            System.arraycopy(
                    from.rgb(),
                    3 * ((top + row) * from.width() + left),
                    result.rgb(),
                    3 * ((y + row) * result.width() + x),
                    3 * part.width());
    }
}
