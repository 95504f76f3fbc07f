package giga.canvas.resample;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;

/**
 * A picture seen at another size, by Pillow's two passes: first along the rows, then along the columns, each rounded to
 * 8 bits. Any region is computed on its own when it is read, to the same bytes as in the whole, from no more input rows
 * at a time than one strip.
 */
record ResizedPicture(Picture source, Taps columns, Taps rows) implements Picture {
    /** Input columns worked on together, unless a few output columns need more. */
    static final int INPUT_COLUMNS = 4096;

    private static final int LEAST_COLUMNS = 16;
    private static final int MAX_SIDE = 1 << 20;

    static ResizedPicture of(Picture source, int width, int height, Filter filter) {
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE)
            throw new PictureException("A picture cannot be resized to " + width + "x" + height
                    + " pixels; choose sides of 1 to " + MAX_SIDE + ".");
        return new ResizedPicture(
                source, Taps.of(filter, source.width(), width), Taps.of(filter, source.height(), height));
    }

    @Override
    public int width() {
        return columns.size();
    }

    @Override
    public int height() {
        return rows.size();
    }

    @Override
    public Pixels read(Region region) {
        if (!bounds().contains(region)) throw new IllegalArgumentException(region + " lies outside " + bounds());
        Pixels result = new Pixels(region.width(), region.height());
        long inputColumns = columns.end(region.right() - 1) - columns.first()[region.x()];
        int step = Math.max(
                LEAST_COLUMNS, (int) ((long) region.width() * INPUT_COLUMNS / Math.max(INPUT_COLUMNS, inputColumns)));
        for (int x = region.x(); x < region.right(); x += step) {
            int width = Math.min(step, region.right() - x);
            compute(new Region(x, region.y(), width, region.height()), result.rgb(), region);
        }
        return result;
    }

    /** Computes some columns of {@code whole} downwards, keeping only the rows between the passes that one run takes. */
    private void compute(Region part, byte[] result, Region whole) {
        RowPass rowPass = new RowPass(this, part);
        Mix mix = new Mix(3 * part.width());
        int[][] between = new int[rows.longest()][3 * part.width()];
        int next = rows.first()[part.y()];
        int offset = 3 * (part.x() - whole.x());
        for (int y = part.y(); y < part.bottom(); y++) {
            for (; next < rows.end(y); next++) rowPass.row(next, between[next % between.length]);
            mix.compute(rows, y, between);
            mix.copyToRow(result, offset);
            offset += 3 * whole.width();
        }
    }
}
