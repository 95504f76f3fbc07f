package giga.canvas.finish;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A picture with steps of finishing done to it, computed where it is read: in strips on all cores, and within a strip in
 * tiles. The source is read with as much around a strip as the steps look at.
 */
final class FinishedPicture implements Picture {
    /** Wide, since the source's chunks that a strip touches above and below are read again by the next one. */
    private static final int STRIP_WIDTH = 4096;

    private static final int STRIP_PIXELS = 1 << 21;
    private static final int TILE_WIDTH = 512;
    private static final int TILE_ROWS = 64;

    private final Picture source;
    private final List<Supplier<Stage>> steps;
    private final int rim;

    /** @param steps each makes a stage for one thread */
    FinishedPicture(Picture source, List<Supplier<Stage>> steps) {
        this.source = source;
        this.steps = List.copyOf(steps);
        this.rim = steps.stream().mapToInt(step -> step.get().reach()).sum();
    }

    @Override
    public int width() {
        return source.width();
    }

    @Override
    public int height() {
        return source.height();
    }

    @Override
    public Pixels read(Region region) {
        if (!bounds().contains(region)) throw new IllegalArgumentException(region + " lies outside " + bounds());
        Pixels result = new Pixels(region.width(), region.height());
        int width = Math.min(STRIP_WIDTH, region.width());
        parts(region, width, Math.max(tileRows(), STRIP_PIXELS / width)).parallelStream()
                .forEach(strip -> compute(strip, result, region));
        return result;
    }

    private void compute(Region strip, Pixels result, Region region) {
        Region held = strip.grow(rim, bounds());
        Pixels pixels = source.read(held);
        List<Stage> stages = steps.stream().map(Supplier::get).toList();
        Tile tile = new Tile((TILE_WIDTH + 2 * rim) * (tileRows() + 2 * rim));
        for (Region core : parts(strip, TILE_WIDTH, tileRows())) {
            tile.load(pixels, held, core, rim);
            for (Stage stage : stages) stage.apply(tile);
            tile.store(result, region.x(), region.y());
        }
    }

    /** Steps that look far around take higher tiles, so that not most of the work is in what they leave. */
    private int tileRows() {
        return Math.max(TILE_ROWS, 4 * rim);
    }

    private static List<Region> parts(Region whole, int width, int height) {
        List<Region> parts = new ArrayList<>();
        for (int y = whole.y(); y < whole.bottom(); y += height)
            for (int x = whole.x(); x < whole.right(); x += width)
                parts.add(new Region(x, y, Math.min(width, whole.right() - x), Math.min(height, whole.bottom() - y)));
        return parts;
    }
}
