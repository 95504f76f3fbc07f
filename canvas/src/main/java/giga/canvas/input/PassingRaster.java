package giga.canvas.input;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.util.function.Consumer;

/** The destination of a TIFF strip of any height, which passes on every row as an image of its own and keeps none. */
final class PassingRaster extends WritableRaster {
    private final ColorModel colours;
    private final Consumer<BufferedImage> rows;
    private int next;

    PassingRaster(ColorModel colours, SampleModel oneRow, int height, Consumer<BufferedImage> rows) {
        super(oneRow, oneRow.createDataBuffer(), new Rectangle(0, 0, oneRow.getWidth(), height), new Point(), null);
        this.colours = colours;
        this.rows = rows;
    }

    @Override
    public void setDataElements(int x, int y, Raster row) {
        if (x != 0 || y != next || row.getHeight() != 1 || row.getWidth() != getWidth())
            throw new IllegalStateException("row " + y + " came where row " + next + " was due");
        next++;
        rows.accept(new BufferedImage(colours, (WritableRaster) row, colours.isAlphaPremultiplied(), null));
    }
}
