package giga.canvas.print;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A picture with its colours changed, calculated on all cores where it is read. */
record Strips(Picture picture, UnaryOperator<byte[]> colours) implements Picture {
    /** Wide, as what a strip takes of its source above and below is read again for the next one. */
    private static final int WIDTH = 4096;

    private static final int PIXELS = 1 << 20;

    @Override
    public int width() {
        return picture.width();
    }

    @Override
    public int height() {
        return picture.height();
    }

    @Override
    public Pixels read(Region region) {
        if (!bounds().contains(region)) throw new IllegalArgumentException(region + " lies outside " + bounds());
        if (region.area() <= PIXELS && region.width() <= WIDTH) return strip(region);
        Pixels result = new Pixels(region.width(), region.height());
        strips(region).parallelStream().forEach(part -> {
            byte[] rgb = strip(part).rgb();
            int row = 3 * part.width();
            for (int y = 0; y < part.height(); y++) {
                int to = 3 * ((part.y() - region.y() + y) * region.width() + part.x() - region.x());
                System.arraycopy(rgb, y * row, result.rgb(), to, row);
            }
        });
        return result;
    }

    private Pixels strip(Region part) {
        Pixels pixels = picture.read(part);
        return new Pixels(pixels.width(), pixels.height(), colours.apply(pixels.rgb()));
    }

    private static List<Region> strips(Region whole) {
        int width = Math.min(WIDTH, whole.width());
        int height = PIXELS / width;
        List<Region> strips = new ArrayList<>();
        for (int y = whole.y(); y < whole.bottom(); y += height)
            for (int x = whole.x(); x < whole.right(); x += width)
                strips.add(new Region(x, y, Math.min(width, whole.right() - x), Math.min(height, whole.bottom() - y)));
        return strips;
    }
}
