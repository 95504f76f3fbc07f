package giga.redraw;

import static giga.redraw.JobException.check;
import static giga.redraw.JobException.given;

import giga.canvas.Picture;
import giga.canvas.Region;
import giga.canvas.output.TiffCompression;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.canvas.split.Cut;
import java.util.List;

/**
 * What becomes of the picture after its last pass, on its way into files.
 *
 * @param width in pixels, to which it is brought by Lanczos at last; 0 for as the last pass leaves it
 * @param height likewise
 * @param dpi stated in the file; 0 for that of the source
 * @param compression of a TIFF
 * @param pieces that are written besides, each division a set of its own
 */
public record Result(int width, int height, double dpi, TiffCompression compression, List<Cut> pieces) {
    /** As the last pass leaves it. */
    public static final Result PLAIN = new Result(0, 0, 0, TiffCompression.DEFLATE, List.of());

    private static final int MOST_DIVISIONS = 1;

    public Result {
        given("compression", compression);
        given("pieces", pieces);
        pieces = List.copyOf(pieces);
        check(
                width >= 0 && height >= 0 && (width == 0) == (height == 0),
                "a result of %dx%d pixels: give both sides, or none",
                width,
                height);
        check(dpi == 0 || dpi >= 1 && dpi <= 65535, "dpi %s: give 1 to 65535", dpi);
        // A second one's files would have the first one's names.
        check(pieces.size() <= MOST_DIVISIONS, "%d divisions into pieces: give one", pieces.size());
    }

    /** Its size, where the last pass leaves this canvas. */
    public Region size(Region canvas) {
        return width == 0 ? canvas : new Region(0, 0, width, height);
    }

    /** The picture that the last pass' canvas becomes, computed where it is read. */
    public Picture of(Picture canvas) {
        Region size = size(canvas.bounds());
        return size.equals(canvas.bounds())
                ? canvas
                : Resample.resized(canvas, size.width(), size.height(), Filter.LANCZOS);
    }

    public Result sized(int wide, int high) {
        return new Result(wide, high, dpi, compression, pieces);
    }

    public Result compressed(TiffCompression tiff) {
        return new Result(width, height, dpi, tiff, pieces);
    }

    public Result at(double resolution) {
        return new Result(width, height, resolution, compression, pieces);
    }

    public Result cut(List<Cut> others) {
        return new Result(width, height, dpi, compression, others);
    }
}
