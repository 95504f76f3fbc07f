package giga.canvas.finish;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture made to go on from its right edge at its left, and from its lower at its upper: what it loses at the right and below
 * is blended into the other side. What is broad is averaged; what is fine, the deviation from a blur, is weighted so that its
 * variance stays, since the mean of two unlike grains would show as a smoother band.
 *
 * @param margin pixels that are blended, and by which the picture becomes smaller
 */
record SeamlessPicture(Picture source, int margin) implements Picture {
    private static final int WIDEST = 256;
    private static final double BROAD = 6;

    static Picture of(Picture source) {
        return new SeamlessPicture(source, Math.min(WIDEST, Math.min(source.width(), source.height()) / 4));
    }

    @Override
    public int width() {
        return source.width() - margin;
    }

    @Override
    public int height() {
        return source.height() - margin;
    }

    @Override
    public Pixels read(Region region) {
        Pixels result = new Pixels(region.width(), region.height());
        for (Region rows :
                cut(region, new Region(0, 0, width(), margin), new Region(0, margin, width(), height() - margin)))
            for (Region part :
                    cut(rows, new Region(0, 0, margin, height()), new Region(margin, 0, width() - margin, height())))
                put(part.x() >= margin && part.y() >= margin ? source.read(part) : blended(part), part, result, region);
        return result;
    }

    private static List<Region> cut(Region region, Region... fields) {
        List<Region> parts = new ArrayList<>();
        for (Region field : fields) if (field.intersects(region)) parts.add(field.intersection(region));
        return parts;
    }

    private static void put(Pixels pixels, Region part, Pixels result, Region region) {
        for (int row = 0; row < part.height(); row++)
            System.arraycopy(
                    pixels.rgb(),
                    3 * row * part.width(),
                    result.rgb(),
                    3 * ((part.y() - region.y() + row) * region.width() + part.x() - region.x()),
                    3 * part.width());
    }

    /** A part that lies within the margin to the left, above, or both. */
    private Pixels blended(Region part) {
        int samples = Math.toIntExact(part.area());
        float[][] broad = new float[3][samples];
        float[][] fine = new float[3][samples];
        float[] power = new float[samples];
        for (int fromBelow = 0; fromBelow < (part.y() < margin ? 2 : 1); fromBelow++)
            for (int fromRight = 0; fromRight < (part.x() < margin ? 2 : 1); fromRight++)
                add(part, fromRight == 1, fromBelow == 1, broad, fine, power);
        Pixels pixels = new Pixels(part.width(), part.height());
        for (int i = 0; i < samples; i++)
            for (int c = 0; c < 3; c++) {
                double level = (broad[c][i] + fine[c][i] / Math.sqrt(power[i])) / Tile.ONE;
                pixels.rgb()[3 * i + c] = (byte) Math.clamp(Math.round(level), 0, 255);
            }
        return pixels;
    }

    private void add(
            Region part, boolean fromRight, boolean fromBelow, float[][] broad, float[][] fine, float[] power) {
        Region there = new Region(
                part.x() + (fromRight ? width() : 0),
                part.y() + (fromBelow ? height() : 0),
                part.width(),
                part.height());
        Gaussian blur = new Gaussian(BROAD);
        int reach = blur.reach();
        Region held = there.grow(reach, source.bounds());
        int stride = part.width() + 2 * reach;
        int rows = part.height() + 2 * reach;
        Tile tile = new Tile(stride * rows);
        tile.load(source.read(held), held, there, reach);
        float[] plane = new float[stride * rows];
        float[] blurred = new float[stride * rows];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < plane.length; i++) plane[i] = tile.planes[c][i];
            blur.blur(plane, blurred, stride, rows, 0);
            for (int y = 0; y < part.height(); y++) {
                float down = share(part.y() + y, fromBelow);
                for (int x = 0; x < part.width(); x++) {
                    float share = down * share(part.x() + x, fromRight);
                    int at = y * part.width() + x;
                    int in = (y + reach) * stride + x + reach;
                    broad[c][at] += share * blurred[in];
                    fine[c][at] += share * (plane[in] - blurred[in]);
                    if (c == 0) power[at] += share * share;
                }
            }
        }
    }

    /** Of the near edge's pixels, from none to all across the margin; the far edge's have the rest. */
    private float share(int place, boolean far) {
        float near = Math.min(1f, (place + 0.5f) / margin);
        return far ? 1 - near : near;
    }
}
