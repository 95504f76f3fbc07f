package giga.canvas.resample;

import giga.canvas.Picture;
import giga.canvas.Region;

/**
 * The first pass: input rows with their columns resampled, given out from top to bottom. Rows are worked on in bands,
 * turned by 90 degrees: the samples of a band's column form a line, and an output column is a weighted sum of such lines.
 */
final class RowPass {
    /** Strips of the input end where the chunks of a stored picture do, so that hardly any chunk is read twice. */
    private static final int STRIP_ROWS = 512;

    private static final int BAND_ROWS = 64;

    private final Picture source;
    private final Taps columns;
    private final int x;
    private final int width;
    private final int left;
    private final int inputWidth;
    private final int lastRow;
    private byte[] strip = {};
    private int stripTop;
    private int stripEnd;
    private byte[] band = {};
    private int bandTop;
    private int bandEnd;

    RowPass(ResizedPicture resized, Region part) {
        this.source = resized.source();
        this.columns = resized.columns();
        this.x = part.x();
        this.width = part.width();
        this.left = columns.first()[x];
        this.inputWidth = columns.end(part.right() - 1) - left;
        this.lastRow = resized.rows().end(part.bottom() - 1);
    }

    /** Resampled input row {@code y}; rows must be asked for in order. */
    void row(int y, int[] samples) {
        if (y >= bandEnd) computeBand(y);
        int start = (y - bandTop) * 3 * width;
        for (int i = 0; i < samples.length; i++) samples[i] = band[start + i] & 0xFF;
    }

    private void computeBand(int y) {
        if (y >= stripEnd) readStrip(y);
        bandTop = y;
        bandEnd = Math.min(stripEnd, y + BAND_ROWS);
        int height = bandEnd - bandTop;
        if (band.length < 3 * width * height) band = new byte[3 * width * height];
        Mix mix = new Mix(3 * height);
        int[][] lines = new int[columns.longest()][3 * height];
        int next = left;
        for (int i = 0; i < width; i++) {
            for (; next < columns.end(x + i); next++) loadColumn(next, lines[next % lines.length]);
            mix.compute(columns, x + i, lines);
            mix.copyToColumn(band, 3 * i, 3 * width);
        }
    }

    private void readStrip(int y) {
        int fitting = Math.max(1, ResizedPicture.INPUT_COLUMNS * STRIP_ROWS / inputWidth);
        stripTop = y;
        stripEnd = Math.min(Math.min(lastRow, y + fitting), (y / STRIP_ROWS + 1) * STRIP_ROWS);
        strip = source.read(new Region(left, y, inputWidth, stripEnd - y)).rgb();
    }

    private void loadColumn(int column, int[] line) {
        int at = 3 * ((bandTop - stripTop) * inputWidth + column - left);
        for (int i = 0; i < line.length; i += 3, at += 3 * inputWidth) {
            line[i] = strip[at] & 0xFF;
            line[i + 1] = strip[at + 1] & 0xFF;
            line[i + 2] = strip[at + 2] & 0xFF;
        }
    }
}
