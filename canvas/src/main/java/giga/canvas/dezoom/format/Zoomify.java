package giga.canvas.dezoom.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Zoomify: {@code ImageProperties.xml}, and tiles in groups of 256, counted from the smallest level on. */
final class Zoomify implements Format {
    private static final String DESCRIPTION = "/ImageProperties.xml";
    private static final int GROUP = 256;

    /** A level; its tiles are counted before it is rounded. */
    private record Size(int width, int height, int tile, int columns, int rows) {
        static Size of(double width, double height, int tile) {
            return new Size(
                    (int) width, (int) height, tile, (int) Math.ceil(width / tile), (int) Math.ceil(height / tile));
        }

        int tiles() {
            return columns * rows;
        }
    }

    @Override
    public String title() {
        return "Zoomify";
    }

    @Override
    public Answer read(String address, byte[] contents) {
        Optional<Elements.Element> properties =
                Elements.of(contents).flatMap(elements -> elements.first("IMAGE_PROPERTIES"));
        if (properties.isEmpty()) return new Answer.NotMine("it has no IMAGE_PROPERTIES");
        int width = properties.get().number("WIDTH");
        int height = properties.get().number("HEIGHT");
        int tile = properties.get().number("TILESIZE");
        // Refuses what makes no sense, before it is halved and counted.
        new Level("", width, height, tile, 0, (column, row) -> "");
        List<Size> sizes = halved(width, height, tile);
        if (count(sizes) != properties.get().number("NUMTILES")) sizes = rounded(width, height, tile);
        return new Answer.Levels(levels(base(address), sizes));
    }

    private static String base(String address) {
        String path = Addresses.path(address);
        return path.endsWith(DESCRIPTION)
                ? path.substring(0, path.length() - DESCRIPTION.length())
                : path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Halved as it comes, as some programs count; what fits into one tile is not among the levels. */
    private static List<Size> halved(int width, int height, int tile) {
        List<Size> sizes = new ArrayList<>();
        double w = width;
        double h = height;
        while (w > tile || h > tile) {
            sizes.addFirst(Size.of(w, h, tile));
            w /= 2;
            h /= 2;
        }
        return sizes;
    }

    /** Halved and made even, as others count, down to one tile. */
    private static List<Size> rounded(int width, int height, int tile) {
        List<Size> sizes = new ArrayList<>();
        Size size = Size.of(width, height, tile);
        for (int factor = 2; ; factor *= 2) {
            sizes.addFirst(size);
            if (size.tiles() == 1) return sizes;
            size = Size.of(even(width / factor), even(height / factor), tile);
        }
    }

    private static int even(int side) {
        return Math.max(1, side + side % 2);
    }

    private static long count(List<Size> sizes) {
        return sizes.stream().mapToLong(Size::tiles).sum();
    }

    private static List<Level> levels(String base, List<Size> sizes) {
        List<Level> levels = new ArrayList<>();
        int before = 0;
        for (int n = 0; n < sizes.size(); n++) {
            Size size = sizes.get(n);
            int level = n;
            int first = before;
            levels.add(new Level(
                    "", size.width(), size.height(), size.tile(), size.tile(), 0, ways(base, level, first, size)));
            before += size.tiles();
        }
        return levels;
    }

    /** Programs differ in how they count, so that a tile may lie in the group before or after. */
    private static List<Tiles> ways(String base, int level, int first, Size size) {
        List<Tiles> ways = new ArrayList<>();
        for (int shift : new int[] {0, 1, -1})
            ways.add((column, row) -> {
                int group = (first + row * size.columns() + column) / GROUP;
                return "%s/TileGroup%d/%d-%d-%d.jpg".formatted(base, Math.max(0, group + shift), level, column, row);
            });
        return ways;
    }
}
