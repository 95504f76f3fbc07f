package giga.canvas.finish;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;

/** A picture whose outermost pixels go on for ever. */
record StretchedSurface(Picture picture) implements Surface {
    @Override
    public Pixels read(Region region) {
        if (picture.bounds().contains(region)) return picture.read(region);
        Region common = region.intersection(picture.bounds());
        Pixels inside = picture.read(common);
        Pixels result = new Pixels(region.width(), region.height());
        for (int y = 0; y < region.height(); y++) {
            int line = Math.clamp(region.y() + y - common.y(), 0, common.height() - 1) * common.width();
            for (int x = 0; x < region.width(); x++) {
                int column = Math.clamp(region.x() + x - common.x(), 0, common.width() - 1);
                System.arraycopy(inside.rgb(), 3 * (line + column), result.rgb(), 3 * (y * region.width() + x), 3);
            }
        }
        return result;
    }
}
