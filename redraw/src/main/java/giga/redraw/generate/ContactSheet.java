package giga.redraw.generate;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.util.ArrayList;
import java.util.List;

/** Pictures of one size side by side, on white, in about as many rows as columns; made smaller where they are many. */
final class ContactSheet implements Picture {
    private static final int LONGEST_SIDE = 4096;
    private static final int GAP = 4;

    private final int columns;
    private final int cellWidth;
    private final int cellHeight;
    private final int count;
    private final List<Pixels> cells = new ArrayList<>();

    /** @param width of a picture; height likewise */
    ContactSheet(int count, int width, int height) {
        this.count = count;
        columns = (int) Math.ceil(Math.sqrt(count));
        double fit = Math.min(1, Math.min(cell(columns) / (double) width, cell(rows()) / (double) height));
        cellWidth = Math.max(1, (int) (width * fit));
        cellHeight = Math.max(1, (int) (height * fit));
    }

    private static int cell(int cells) {
        return (LONGEST_SIDE - GAP * (cells - 1)) / cells;
    }

    void add(Pixels picture) {
        boolean fits = picture.width() == cellWidth && picture.height() == cellHeight;
        cells.add(fits ? picture : Resample.resize(picture, cellWidth, cellHeight, Filter.LANCZOS));
    }

    private int rows() {
        return Math.ceilDiv(count, columns);
    }

    @Override
    public int width() {
        return columns * (cellWidth + GAP) - GAP;
    }

    @Override
    public int height() {
        return rows() * (cellHeight + GAP) - GAP;
    }

    @Override
    public Pixels read(Region region) {
        Pixels pixels = new Pixels(region.width(), region.height());
        for (int y = 0, i = 0; y < region.height(); y++)
            for (int x = 0; x < region.width(); x++)
                for (int c = 0; c < 3; c++, i++) pixels.rgb()[i] = (byte) sample(region.x() + x, region.y() + y, c);
        return pixels;
    }

    private int sample(int x, int y, int channel) {
        int cell = y / (cellHeight + GAP) * columns + x / (cellWidth + GAP);
        int left = x % (cellWidth + GAP);
        int top = y % (cellHeight + GAP);
        boolean gap = left >= cellWidth || top >= cellHeight || cell >= cells.size();
        return gap ? 255 : cells.get(cell).sample(left, top, channel);
    }
}
