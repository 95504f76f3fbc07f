package giga.canvas.input;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.function.Consumer;

/**
 * A raster that keeps nothing: every row the decoder sets in its last pass over the picture is passed on, so that a picture of any height
 * takes the memory of one row.
 */
final class RowRaster extends WritableRaster {
    private final Consumer<byte[]> rows;
    private int passesLeft;
    private int next;

    RowRaster(int width, int height, int bands, int passes, Consumer<byte[]> rows) {
        super(
                new PixelInterleavedSampleModel(
                        DataBufferByte.TYPE_BYTE, width, 1, bands, width * bands, offsets(bands)),
                new DataBufferByte(1),
                new Rectangle(0, 0, width, height),
                new Point(),
                null);
        this.rows = rows;
        this.passesLeft = passes - 1;
    }

    private static int[] offsets(int bands) {
        return bands == 1 ? new int[] {0} : new int[] {0, 1, 2};
    }

    @Override
    public void setRect(int x, int y, Raster source) {
        byte[] samples = ((DataBufferByte) source.getDataBuffer()).getData();
        if (x != 0 || y != next || source.getHeight() != 1 || samples.length != getWidth() * getNumBands())
            throw new IllegalStateException("row " + y + " came where row " + next + " was due");
        if (passesLeft == 0) rows.accept(samples);
        next++;
        if (passesLeft > 0 && next == getHeight()) {
            passesLeft--;
            next = 0;
        }
    }
}
