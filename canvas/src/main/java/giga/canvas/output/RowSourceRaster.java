package giga.canvas.output;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** A raster of any size that holds no pixels: the encoder takes it row by row, and each row is fetched when it is asked for. */
final class RowSourceRaster extends WritableRaster {
    private static final int[] RGB = {0, 1, 2};

    private final PictureRows rows;
    private final byte[] row;

    RowSourceRaster(PictureRows rows) {
        super(
                new PixelInterleavedSampleModel(DataBufferByte.TYPE_BYTE, rows.width(), 1, 3, 3 * rows.width(), RGB),
                new DataBufferByte(1),
                new Rectangle(0, 0, rows.width(), rows.height()),
                new Point(),
                null);
        this.rows = rows;
        this.row = new byte[3 * rows.width()];
    }

    @Override
    public Raster createChild(int x, int y, int width, int height, int childX, int childY, int[] bands) {
        if (x != 0 || height != 1 || width != getWidth())
            throw new IllegalArgumentException(
                    "only whole rows are there, not " + width + "x" + height + "+" + x + "+" + y);
        rows.copy(y, row);
        return Raster.createInterleavedRaster(
                new DataBufferByte(row, row.length), width, 1, row.length, 3, RGB, new Point(childX, childY));
    }
}
