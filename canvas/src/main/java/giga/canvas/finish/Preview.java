package giga.canvas.finish;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.Arrays;
import java.util.List;

/**
 * Parts of a picture as it was, each with the same part as it became to its right, one pair below the other on grey.
 *
 * @throws PictureException when a part does not lie within the picture
 */
public record Preview(Picture before, Picture after, List<Region> parts) implements Picture {
    private static final int GAP = 8;
    private static final byte GREY = (byte) 128;

    public Preview {
        parts = List.copyOf(parts);
        for (Region part : parts)
            if (!before.bounds().contains(part))
                throw new PictureException("preview %s does not lie within the picture of %dx%d pixels; give WxH+X+Y"
                        .formatted(part, before.width(), before.height()));
    }

    @Override
    public int width() {
        return 2 * column() + GAP;
    }

    @Override
    public int height() {
        return parts.stream().mapToInt(part -> part.height() + GAP).sum() - GAP;
    }

    private int column() {
        return parts.stream().mapToInt(Region::width).max().orElseThrow();
    }

    @Override
    public Pixels read(Region region) {
        Pixels result = new Pixels(region.width(), region.height());
        Arrays.fill(result.rgb(), GREY);
        int top = 0;
        for (Region part : parts) {
            show(before, part, 0, top, result, region);
            show(after, part, column() + GAP, top, result, region);
            top += part.height() + GAP;
        }
        return result;
    }

    /** Lays what of a part falls into the region, with the part's corner at {@code (left, top)} of the preview. */
    private static void show(Picture picture, Region part, int left, int top, Pixels result, Region region) {
        Region place = new Region(left, top, part.width(), part.height());
        if (!place.intersects(region)) return;
        Region seen = place.intersection(region);
        Pixels pixels = picture.read(
                new Region(part.x() + seen.x() - left, part.y() + seen.y() - top, seen.width(), seen.height()));
        for (int row = 0; row < seen.height(); row++)
            System.arraycopy(
                    pixels.rgb(),
                    3 * row * seen.width(),
                    result.rgb(),
                    3 * ((seen.y() - region.y() + row) * region.width() + seen.x() - region.x()),
                    3 * seen.width());
    }
}
